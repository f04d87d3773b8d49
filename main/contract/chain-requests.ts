import { z } from 'zod'
import { ChainFault, ChainSetup, CopiedServer, ServerProgram } from './chain.ts'
import { nothing, outcome, type RequestKind } from './requests.ts'

const needs = 'change-settings'
const setup = outcome(ChainSetup, ChainFault)
const Key = z.string().regex(/^U[A-Z2-7]{55}$/)
const File = z.string().min(1).max(4096)
/** What a person types: a name or an address, with or without a port. */
const Address = z.string().min(1).max(260)

/** Requests about the shop of tills that this till belongs to. The state at a glance is in the snapshot (`ChainView`). */
export const chainRequests = {
  'chain.read': { input: nothing, output: ChainSetup, needs },
  /** Looks in the usual places for the server's program. */
  'chain.findProgram': { input: nothing, output: z.array(ServerProgram), needs },
  /** Opens the file dialog; `null` when it was cancelled. */
  'chain.chooseProgram': { input: nothing, output: ServerProgram.nullable(), needs },
  /** Opens the folder dialog for a server that moves here; `null` when it was cancelled. */
  'chain.chooseServerFolder': {
    input: nothing,
    output: outcome(CopiedServer.nullable(), ChainFault),
    needs,
  },
  /**
   * Makes this computer the shop's server and its till the first of the shop. `program`: one that `findProgram` or `chooseProgram`
   * has returned. `folder`: `null` for a new shop; otherwise what `chooseServerFolder` or `stoppedFolder` named.
   */
  'chain.becomeServer': {
    input: z.strictObject({
      program: File,
      port: z.number().int().min(1024).max(65_534),
      folder: File.nullable(),
    }),
    output: setup,
    needs,
    audited: ['program', 'port', 'folder'],
  },
  /** The server stops; its folder is kept for another computer (`stoppedFolder`), and this till is a till alone. */
  'chain.stopServer': { input: nothing, output: setup, needs, audited: [] },
  /** Shows a code for ten minutes and five attempts, for one till. A code that is shown already is replaced. */
  'chain.offerCode': { input: nothing, output: setup, needs, audited: [] },
  'chain.withdrawCode': { input: nothing, output: setup, needs },
  /** On another till. `code`: as it was typed. */
  'chain.join': {
    input: z.strictObject({ address: Address, code: z.string().min(1).max(32) }),
    output: setup,
    needs,
    audited: ['address'],
  },
  /** The server has another address now. It has to be the same server: anything else there is `other-server`. */
  'chain.setAddress': {
    input: z.strictObject({ address: Address }),
    output: setup,
    needs,
    audited: ['address'],
  },
  /** This till is a till alone from here on, and the server forgets it where it can be reached. Not on the server's own till. */
  'chain.leave': { input: nothing, output: setup, needs, audited: [] },
  /** At the server: this till is off at once. */
  'chain.removeTill': {
    input: z.strictObject({ key: Key }),
    output: setup,
    needs,
    audited: ['key'],
  },
  /** At the server: goes on without the tills that are missing. `shown`: the keys of those that the person has seen. */
  'chain.openGate': {
    input: z.strictObject({ shown: z.array(Key).max(64) }),
    output: setup,
    needs,
    audited: ['shown'],
  },
  /** At the server: a new key for the shop. Every other till is off until it joins again with a code. */
  'chain.changeKey': { input: nothing, output: setup, needs, audited: [] },
} as const satisfies Record<string, RequestKind>
