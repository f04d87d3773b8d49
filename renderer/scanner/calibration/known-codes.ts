/**
 * The three codes that the calibration draws. Together they have every kind of key that coupons need, both cases, keys
 * that move between layouts (Q, W, Y, Z, A, M, minus, underscore) and enough keys to learn the rhythm from.
 */
export const knownCodes = ['Ab12-Cd34_Xy56', '1009876543210246801357', 'qWzYmA-90_KtQwZy'] as const
