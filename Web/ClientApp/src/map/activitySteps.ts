/** How strong the tint of a community is from so many open incidents on: the legend shows the same steps. */
export const activitySteps = [
  [0, 0.12],
  [1, 0.3],
  [2, 0.48],
  [4, 0.68],
] as const
