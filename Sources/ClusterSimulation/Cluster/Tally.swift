/// What happened in a run, to see that a scenario does what it is for.
package struct Tally: Hashable, Sendable {
    /// Snapshots that were on their way.
    package var transfers = 0
    /// Requests that one node passed on to another.
    package var redirects = 0
    /// Processes that ended without warning.
    package var crashes = 0
    /// Nodes that ended, stood still or were cut off because they led more than the others.
    package var leadersStruck = 0
    /// Nodes that came.
    package var joins = 0
    /// Nodes that were removed.
    package var removals = 0
    /// Writes that a disk refused, each of which ended a process or kept it from starting.
    package var failedWrites = 0
    /// Nodes whose files were damaged.
    package var damages = 0
    /// Of these, nodes that said so and did not start.
    package var refusals = 0
    /// Calls that somebody made who had no right to.
    package var offences = 0

    package init() {}
}
