import type { Problem } from './generated.ts'

/** The till refused. Branch on `problem.code`, and show `problem.title` and `problem.detail`. It had no effect. */
export class TillProblem extends Error {
  override readonly name = 'TillProblem'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.title}`)
    this.problem = problem
  }
}
