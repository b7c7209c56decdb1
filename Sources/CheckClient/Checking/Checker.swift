/// What finds out about users. One session checks the users of one lease.
package protocol Checker: Sendable {
    /// Checks users as they come, and says what it finds as it finds it.
    ///
    /// It returns when `users` has ended and everything is said. Cancelled, it ends soon; what it says then is dropped.
    ///
    /// - Throws: ``CheckerFailure`` when it cannot go on; the users it said nothing about are handed to it again.
    func check(_ users: AsyncStream<UserReference>, say: @escaping @Sendable (CheckerLine) -> Void) async throws

    /// Gives back what it holds; called once, after the last session.
    func close() async
}

extension Checker {
    /// Most checkers hold nothing.
    package func close() async {}
}

/// Why a checker's session failed.
package struct CheckerFailure: Error, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// One thing that a checker says.
package enum CheckerLine: Hashable, Sendable {
    case result(CheckResult)
    /// It is no result; a shortened copy is kept.
    case unreadable(String)

    /// Reads a line of NDJSON; `nil` for a blank one.
    package init?(_ line: some StringProtocol) {
        guard line.utf8.contains(where: { $0 > 0x20 }) else { return nil }
        if let result = try? JSONCoding.decode(CheckResult.self, from: line.utf8) {
            self = .result(result)
        } else {
            self = .unreadable(String(line.prefix(200)))
        }
    }
}
