import { createApp } from 'vue'
import App from './App.vue'
import { i18n } from './locales/i18n'
import { router } from './router'
import './theme/tokens.css'
import './theme/ground.css'

createApp(App).use(router).use(i18n).mount('#app')
