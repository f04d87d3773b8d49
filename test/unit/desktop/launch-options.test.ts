import { expect, test } from 'vitest'
import { readLaunchOptions } from '../../../main/desktop/launch-options.ts'

function launchedWith(switches: Readonly<Record<string, string>>) {
  return readLaunchOptions((name) => switches[name] ?? '', {})
}

test('without switches the computer decides on the mode', () => {
  expect(launchedWith({})).toEqual({
    mode: null,
    practice: false,
    trainingGateway: null,
    developmentRuntime: false,
  })
})

test.each(['http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:9'])(
  '%s is a stand-in of this computer, and so training',
  (address) => {
    expect(launchedWith({ 'training-gateway': address })).toMatchObject({
      mode: 'training',
      trainingGateway: address,
    })
  },
)

test.each([
  'https://127.0.0.1:8080',
  'http://api.mch.weixin.qq.com',
  'http://127.0.0.1.example.com',
  'file:///etc/passwd',
  '127.0.0.1:80',
])('a stand-in at %s is refused', (address) => {
  expect(() => launchedWith({ 'training-gateway': address })).toThrow('--training-gateway')
})

test('a mode that there is not is refused by name', () => {
  expect(() => launchedWith({ mode: 'Live' })).toThrow('training, live, practice')
})
