import Foundation

/// A time of day in UTC with milliseconds, as the nodes' logs have it.
package func stamp(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "the end" }
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    return String(Date(timeIntervalSince1970: seconds).formatted(style).dropFirst(11).dropLast())
}
