import { parentPort, workerData } from 'node:worker_threads'
import { type Task, type TaskInput, type TaskName, type TaskOutput, tasks } from './tasks.ts'

/** The list, as the compiler can follow it from a name to the task of that name. */
const byName: { [N in TaskName]: (...input: TaskInput<N>) => Promise<TaskOutput<N>> } = tasks

const task: Task = workerData
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is a window's
void run(task).then((result) => parentPort?.postMessage(result))

function run<N extends TaskName>({ name, input }: Task<N>): Promise<TaskOutput<N>> {
  return byName[name](...input)
}
