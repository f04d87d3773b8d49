/*
 * What a person types during set-up is checked by these: at once by the page, and again by the main process. Without a
 * schema library, so that the page can load them.
 */
export const merchantIdPattern = /^\d{6,32}$/
export const appidPattern = /^wx[0-9A-Za-z]{6,30}$/
export const tillIdPattern = /^[0-9A-Za-z]{1,8}$/
export const publicKeyIdPattern = /^PUB_KEY_ID_[0-9A-Z]{8,64}$/
export const apiV3KeyPattern = /^[\x21-\x7e]{32}$/
