import { createRouter, createWebHistory } from 'vue-router'
import { loadSession } from './accounts/session'
import { isPassing } from './api/untilReached'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title in the language files. */
    title: string
    /** Can be seen without signing in. */
    open?: boolean
    /** Scales with the screen as a whole. */
    wall?: boolean
  }
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    {
      path: '/sign-in',
      name: 'sign-in',
      component: () => import('./accounts/SignInPage.vue'),
      meta: { title: 'page.signIn', open: true },
    },
    {
      path: '/unreachable',
      name: 'unreachable',
      component: () => import('./accounts/UnreachablePage.vue'),
      meta: { title: 'page.unreachable', open: true },
    },
    {
      path: '/wallboard',
      name: 'wallboard',
      component: () => import('./wallboard/WallboardPage.vue'),
      meta: { title: 'page.wallboard', wall: true },
    },
    {
      path: '/residents',
      name: 'residents',
      component: () => import('./residents/ResidentsPage.vue'),
      meta: { title: 'page.residents', open: true },
    },
    {
      path: '/supervisor/:view(search|figures|roll-out)?',
      name: 'supervisor',
      component: () => import('./supervisor/SupervisorPage.vue'),
      meta: { title: 'page.supervisor' },
    },
    // Every role has the wallboard, so it is where everybody begins.
    { path: '/:rest(.*)*', redirect: { name: 'wallboard' } },
  ],
})

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  try {
    if (await loadSession()) return true
  } catch (error) {
    // Not knowing who is there is no reason to ask for a password: the server may only be starting.
    if (isPassing(error)) return { name: 'unreachable', query: { next: to.fullPath } }
    throw error
  }
  return { name: 'sign-in', query: { next: to.fullPath } }
})
