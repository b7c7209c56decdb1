/// What happened in a run, to see that a scenario does what it is for.
package struct Tally: Sendable {
    /// Snapshots that were on their way.
    package var transfers = 0
    /// Requests that one node passed on to another.
    package var redirects = 0
    /// Processes that ended without warning.
    package var crashes = 0
    /// Nodes that came.
    package var joins = 0
    /// Nodes that were removed.
    package var removals = 0

    package init() {}
}
