/** A4, and the two widths of receipt paper. */
export const reportPapers = ['A4', '80mm', '58mm'] as const
