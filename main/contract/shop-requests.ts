import { z } from 'zod'
import { PrintOutcome, ReportPaper } from './report-file.ts'
import { nothing, outcome, type RequestKind } from './requests.ts'
import { CloseShift, Shift, ShiftFault } from './shift.ts'
import { ShopSettings } from './shop-settings.ts'
import {
  Approval,
  Person,
  Pin,
  PinChange,
  PinChangeFault,
  PinFault,
  RecoveryFault,
  RecoveryForm,
  StaffFault,
  StaffForm,
  StaffView,
} from './staff.ts'

const Id = z.string().min(1).max(64)

/** Requests for signing in, staff, shifts and the shop's settings. */
export const shopRequests = {
  'session.signIn': {
    input: z.strictObject({ id: Id, pin: Pin }),
    output: outcome(Person, PinFault),
    needs: null,
  },
  'session.signOut': { input: nothing, output: z.null(), needs: null },
  /** Gives an owner a new PIN on the recovery code, and signs them in. */
  'session.recover': {
    input: RecoveryForm,
    output: outcome(Person, RecoveryFault),
    needs: null,
    audited: ['id'],
  },
  /** A second person's PIN, which lets the person signed in make one request within a minute. */
  'session.approve': { input: Approval, output: outcome(z.null(), PinFault), needs: null },
  /** Gives the person signed in another PIN, on the one they have. */
  'session.changePin': {
    input: PinChange,
    output: outcome(z.null(), PinChangeFault),
    needs: 'redeem',
    audited: [],
  },
  /** Somebody uses the till: the idle time before the automatic lock starts again. */
  'session.touch': { input: nothing, output: z.null(), needs: null },
  'staff.save': {
    input: StaffForm,
    output: outcome(StaffView, StaffFault),
    needs: 'manage-staff',
    audited: ['id', 'name', 'role'],
  },
  'staff.remove': {
    input: z.strictObject({ id: Id }),
    output: outcome(z.null(), StaffFault),
    needs: 'manage-staff',
    audited: ['id'],
  },
  /** A new recovery code, for the owner who is signed in to write down. */
  'recovery.offer': {
    input: nothing,
    output: outcome(z.string(), RecoveryFault),
    needs: 'manage-staff',
  },
  /** Opens the system's print dialog with the code that was offered; returns `null` where none was. */
  'recovery.print': {
    input: z.strictObject({ paper: ReportPaper }),
    output: PrintOutcome.nullable(),
    needs: 'manage-staff',
    audited: [],
  },
  /** It was written down, and takes the place of the one before. */
  'recovery.confirm': {
    input: nothing,
    output: outcome(z.null(), RecoveryFault),
    needs: 'manage-staff',
    audited: [],
  },
  'shift.open': { input: nothing, output: outcome(Shift, ShiftFault), needs: 'work-shift' },
  'shift.close': { input: CloseShift, output: outcome(Shift, ShiftFault), needs: 'work-shift' },
  'shift.acknowledge': { input: nothing, output: outcome(Shift, ShiftFault), needs: 'work-shift' },
  /** Takes charge in place of the person named, with a supervisor's approval. */
  'shift.takeOver': {
    input: nothing,
    output: outcome(Shift, ShiftFault),
    needs: 'take-over-shift',
    audited: [],
  },
  'shift.list': {
    input: z.strictObject({ beforeId: z.number().int().positive().nullable() }),
    output: z.array(Shift),
    needs: 'work-shift',
  },
  'settings.read': { input: nothing, output: ShopSettings, needs: 'change-settings' },
  'settings.save': {
    input: ShopSettings,
    output: z.null(),
    needs: 'change-settings',
    audited: Object.keys(ShopSettings.shape),
  },
} as const satisfies Record<string, RequestKind>
