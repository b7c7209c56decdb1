import ArgumentParser

/// A length of time on the command line: seconds, or a number with `s`, `m`, `h` or `d`.
package struct LengthOfTime: ExpressibleByArgument, Hashable, Sendable {
    package let seconds: Int

    package init?(argument: String) {
        let unit: Int
        switch argument.last {
        case "s": unit = 1
        case "m": unit = 60
        case "h": unit = 3600
        case "d": unit = 86400
        default: unit = 0
        }
        guard let count = Int(unit == 0 ? argument : String(argument.dropLast())), count >= 0,
            case let (seconds, overflow) = count.multipliedReportingOverflow(by: max(1, unit)), !overflow
        else { return nil }
        self.seconds = seconds
    }
}

extension LengthOfTime {
    package static let hour = LengthOfTime(seconds: 3600)
    package static let day = LengthOfTime(seconds: 86400)

    private init(seconds: Int) { self.seconds = seconds }

    /// How a default reads in the help.
    package var defaultValueDescription: String {
        switch self {
        case .hour: "1h"
        case .day: "1d"
        default: "\(seconds)s"
        }
    }
}
