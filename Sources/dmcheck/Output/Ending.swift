import ArgumentParser
import CheckClient
import Foundation

/// How the program ends when a command did not simply return: what is said where, and the exit code.
package struct Ending: Hashable, Sendable {
    package let standardOutput: String
    package let standardError: String
    package let code: Int32

    /// The ending that an error stands for: `0` for help and the like, `2` for wrong usage, `1` for everything else.
    package init(of error: any Error) {
        switch error {
        case let error as ClientError: self.init(failure: "\(error)")
        case let error as CommandFailure: self.init(failure: error.description)
        // Of a command that was under way: what the parser finds wrong comes with the command's usage.
        case let error as ValidationError:
            self.init(standardOutput: "", standardError: "dmcheck: " + error.message.oneLine, code: 2)
        case let error as ExitCode: self.init(standardOutput: "", standardError: "", code: error.rawValue == 0 ? 0 : 1)
        default:
            let message = Dmcheck.fullMessage(for: error)
            switch Dmcheck.exitCode(for: error) {
            case .success: self.init(standardOutput: message, standardError: "", code: 0)
            case .validationFailure: self.init(standardOutput: "", standardError: message, code: 2)
            default: self.init(failure: "\(error)")
            }
        }
    }

    private init(failure: String) {
        self.init(standardOutput: "", standardError: "dmcheck: " + failure.oneLine, code: 1)
    }

    private init(standardOutput: String, standardError: String, code: Int32) {
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.code = code
    }

    /// Says it and ends the process.
    func leave() -> Never {
        if !standardOutput.isEmpty { Terminal.output(standardOutput) }
        if !standardError.isEmpty { Terminal.complain(standardError) }
        exit(code)
    }
}

/// A command could not do what it was asked: one line, what, why, what to do.
package struct CommandFailure: Error, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

extension String {
    /// On one line.
    fileprivate var oneLine: String {
        split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
    }
}
