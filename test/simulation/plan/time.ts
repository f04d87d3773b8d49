export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** 10:00 in Beijing on a Monday, when every simulated shop opens. */
export const startsAt = Date.parse('2026-01-05T10:00:00+08:00')
