import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const server = process.env.DISPATCH_SERVER ?? 'http://127.0.0.1:5080'

export default defineConfig({
  plugins: [vue()],
  define: {
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    outDir: '../wwwroot',
    emptyOutDir: true,
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
