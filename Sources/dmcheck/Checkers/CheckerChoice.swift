import ArgumentParser
import CheckClient

/// `--checker`: who finds out about users.
package enum CheckerChoice: ExpressibleByArgument, Hashable, Sendable {
    case demo
    case exec(String)
    case http(String)

    package init?(argument: String) {
        if argument == "builtin:demo" {
            self = .demo
        } else if argument.hasPrefix("exec:"), argument.count > 5 {
            self = .exec(String(argument.dropFirst(5)))
        } else if argument.hasPrefix("http:") || argument.hasPrefix("https:") {
            // Both `http:http://host/path` and `http://host/path` name a URL.
            let rest = argument.dropFirst(5)
            let url = rest.hasPrefix("http://") || rest.hasPrefix("https://") ? String(rest) : argument
            guard url.contains("://") else { return nil }
            self = .http(url)
        } else {
            return nil
        }
    }

    package var defaultValueDescription: String { "builtin:demo" }

    /// The checker itself.
    ///
    /// - Throws: ``ClientError/badInput(_:)`` for a URL that is none.
    package func checker() throws -> any Checker {
        switch self {
        case .demo: DemoChecker()
        case .exec(let command): ExecChecker(command: command)
        case .http(let url): try HTTPChecker(url: url)
        }
    }
}
