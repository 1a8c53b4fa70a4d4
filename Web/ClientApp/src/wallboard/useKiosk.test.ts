// @vitest-environment node
import { expect, it, vi } from 'vitest'

vi.mock('../theme/theme', () => ({ showTheme: vi.fn() }))
const { themeAt } = await import('./useKiosk')

it('is light by day and dark by night', () => {
  expect([6, 7, 12, 18, 19, 23, 0].map(themeAt)).toEqual(['night', 'day', 'day', 'day', 'night', 'night', 'night'])
})
