/**
 * The three codes that calibration draws. Together they contain every kind of key that coupon codes need, both cases,
 * keys that move between keyboard layouts (Q, W, Y, Z, A, M, minus, underscore), and enough keys to learn the rhythm
 * from.
 */
export const knownCodes = ['Ab12-Cd34_Xy56', '1009876543210246801357', 'qWzYmA-90_KtQwZy'] as const
