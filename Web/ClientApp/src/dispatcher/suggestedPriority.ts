import type { Priority } from '../incidents/incident'

const byCategory: Readonly<Record<string, Priority>> = {
  criminal: 1, domesticViolence: 1, publicOrder: 2, hazard: 2, traffic: 2, dispute: 3, helpRequest: 3, tip: 3, complaint: 4, nonPolice: 4,
}

/** What a call of this category usually has; who takes it decides. Categories that a bureau added begin at 3. */
export function suggestedPriority(category: string): Priority {
  return byCategory[category] ?? 3
}
