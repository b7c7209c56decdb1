import Foundation
import Testing

/// Asks until `holds` says yes, and fails when it does not in time.
///
/// Real processes tell nobody when something has come to hold in them, so a test can only ask again: soon enough that what
/// it measures is not its own pause, seldom enough that asking is no load.
package func eventually(
    within limit: Duration = .seconds(30), _ what: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ holds: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !holds() {
        try #require(ContinuousClock.now < deadline, "not within \(limit): \(what)", sourceLocation: sourceLocation)
        try await Task.sleep(for: .milliseconds(20))
    }
}

extension Duration {
    /// In seconds, for messages and comparisons.
    package var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
