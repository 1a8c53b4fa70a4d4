import vue from '@vitejs/plugin-vue'
import type { Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'
import { filesOfPage } from './scripts/filesOfPage'

const server = process.env.DISPATCH_SERVER ?? 'http://127.0.0.1:5080'

/** What `/pair` loads, and signing in before it: the worker keeps these and nothing else of the build. */
const phoneFiles = new Set<string>()

function findPhoneFiles(): Plugin {
  return {
    name: 'dispatch-phone-files',
    generateBundle(_, bundle) {
      for (const page of ['src/pair/PairPage.vue', 'src/accounts/SignInPage.vue']) for (const file of filesOfPage(bundle, page)) phoneFiles.add(file)
    },
  }
}

export default defineConfig({
  plugins: [
    vue(),
    findPhoneFiles(),
    VitePWA({
      // Registered by the phone's page alone, with a scope of its own; see src/pair/device/useAppUpdate.ts.
      injectRegister: false,
      registerType: 'prompt',
      filename: 'sw.js',
      scope: '/pair',
      includeAssets: [],
      manifest: {
        id: '/pair',
        name: '社区警务 · 搭档',
        short_name: '搭档',
        description: '搭档民警的任务、走访与求助',
        lang: 'zh-CN',
        dir: 'ltr',
        start_url: '/pair',
        scope: '/',
        display: 'standalone',
        orientation: 'portrait',
        background_color: '#0a1120',
        theme_color: '#111b30',
        icons: [
          { src: '/icons/phone-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icons/phone-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icons/phone-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
        shortcuts: [{ name: '记录互动', url: '/pair?view=log' }],
      },
      workbox: {
        // A new worker waits until somebody asks for it, or until no page is open; it takes over nobody's page.
        skipWaiting: false,
        clientsClaim: false,
        cleanupOutdatedCaches: true,
        sourcemap: false,
        inlineWorkboxRuntime: true,
        globPatterns: ['index.html', 'emblem.svg', 'icons/phone-192.png', 'assets/*.{js,css}'],
        manifestTransforms: [(entries) => ({ manifest: entries.filter(({ url }) => !url.startsWith('assets/') || phoneFiles.has(url)), warnings: [] })],
        navigateFallback: '/index.html',
        navigateFallbackAllowlist: [/^\/pair(?:[/?]|$)/],
        // No route for /api or /hubs: what the server says is never answered from a cache.
        runtimeCaching: [],
      },
    }),
  ],
  define: {
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    outDir: '../wwwroot',
    emptyOutDir: true,
    manifest: true,
    // The map library alone is about 1.1 MB; it is a chunk of its own that only pages with a map load.
    chunkSizeWarningLimit: 1300,
  },
  server: {
    proxy: {
      '/api': server,
      '/hubs': { target: server, ws: true },
    },
  },
  test: {
    include: ['src/**/*.test.ts'],
  },
})
