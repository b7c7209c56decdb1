/// A run in which nothing was done shows nothing: a history must have leases and results.
enum Substance {
    static func check(_ calls: [Call], _ book: LeaseBook) -> [Violation] {
        var found: [Violation] = []
        if book.leases.isEmpty { found.append(Violation(.run, "no lease was granted: nothing was tested")) }
        if calls.allSatisfy(\.acknowledgedRows.isEmpty) {
            found.append(Violation(.run, "no result was acknowledged: nothing was tested"))
        }
        return found
    }
}
