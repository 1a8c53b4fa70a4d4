import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { homeOf, mayOpen } from './accounts/home'
import { currentUser, loadSession, resumeOnPhone } from './accounts/session'
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
      path: '/no-page',
      name: 'no-page',
      component: () => import('./accounts/NoPage.vue'),
      meta: { title: 'product' },
    },
    {
      path: '/wallboard',
      name: 'wallboard',
      component: () => import('./wallboard/WallboardPage.vue'),
      meta: { title: 'page.wallboard', wall: true },
    },
    {
      path: '/dispatch',
      name: 'dispatch',
      component: () => import('./dispatcher/DispatchPage.vue'),
      meta: { title: 'page.dispatch' },
    },
    {
      path: '/pair',
      name: 'pair',
      component: () => import('./pair/PairPage.vue'),
      meta: { title: 'page.pair' },
    },
    {
      path: '/residents',
      name: 'residents',
      component: () => import('./residents/ResidentsPage.vue'),
      meta: { title: 'page.residents', open: true },
    },
    {
      path: '/supervisor/:view(now|response|pairs|search|figures|roll-out)?',
      name: 'supervisor',
      component: () => import('./supervisor/SupervisorPage.vue'),
      meta: { title: 'page.supervisor' },
    },
    {
      path: '/admin/:view?',
      name: 'admin',
      component: () => import('./admin/AdminPage.vue'),
      meta: { title: 'page.admin' },
    },
    {
      path: '/help',
      name: 'help',
      component: () => import('./help/HelpPage.vue'),
      meta: { title: 'page.help', open: true },
    },
    { path: '/:rest(.*)*', redirect: () => (currentUser.value ? { name: homeOf(currentUser.value) } : { name: 'home' }) },
    // Whoever comes without naming a page begins where the role works; the guard knows who it is only after asking.
    { path: '/home', name: 'home', component: () => import('./accounts/UnreachablePage.vue'), meta: { title: 'product' } },
  ],
})

/** Loads the page while it is asked who is there, and not after. */
function fetchPage(to: RouteLocationNormalized): void {
  for (const { components } of to.matched) {
    const page = components?.['default']
    // A page that cannot be loaded is told of when it is to be shown.
    if (typeof page === 'function') void (page as () => Promise<unknown>)().catch(() => {})
  }
}

router.beforeEach(async (to) => {
  fetchPage(to)
  if (to.meta.open) return true
  // The phone shows what it knew at once, with a line or without; the page itself asks who is signed in.
  if (to.name === 'pair' && resumeOnPhone()) return true
  try {
    const user = await loadSession()
    if (user) return to.name === 'home' || !mayOpen(user, String(to.name)) ? { name: homeOf(user) } : true
  } catch (error) {
    // Not knowing who is there is no reason to ask for a password: the server may only be starting.
    if (isPassing(error)) return { name: 'unreachable', query: { next: to.fullPath } }
    throw error
  }
  return { name: 'sign-in', query: to.name === 'home' ? {} : { next: to.fullPath } }
})
