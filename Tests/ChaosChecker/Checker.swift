/// Holds a history against what must always be true.
package enum Checker {
    /// Everything that is wrong, in the order of the invariants; empty when nothing is.
    package static func violations(of history: History) -> [Violation] {
        let book = LeaseBook(history)
        return LiveLeases.check(book, settings: history.settings)
            + AcknowledgedWrites.check(history)
            + Registrations.check(history)
            + Rechecks.check(history)
            + Recollections.check(history.calls, book)
            + Fencing.check(history, book)
            + Holders.check(history.calls, book)
            + ClientAccounts.check(history, book)
            + ClientResults.check(history)
            + Deletions.check(history)
            + Endings.check(history.final)
            + Overwriting.check(history.final)
            + Digests.check(history)
            + LoneNodes.check(history)
            + InternalErrors.check(history.calls)
            + Substance.check(history.calls, book)
            + history.incidents.map { Violation(.run, $0) }
    }
}
