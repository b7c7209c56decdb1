import Foundation

/// The two streams that the program writes to.
package enum Terminal {
    /// Whether a person reads standard error, so that progress makes sense.
    package static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes a line to standard output.
    package static func output(_ line: String) { output(Array((line + "\n").utf8)) }

    /// Writes bytes to standard output. When nobody reads them any more, the program ends as others do in a pipe.
    package static func output(_ bytes: [UInt8]) {
        do {
            try FileHandle.standardOutput.write(contentsOf: bytes)
        } catch {
            exit(1)
        }
    }

    /// Writes a line to standard error.
    package static func complain(_ line: String) {
        // Nothing is left to tell it to.
        try? FileHandle.standardError.write(contentsOf: Array((line + "\n").utf8))
    }

    /// Writes over the last line of progress, on a terminal.
    package static func progress(_ line: String) {
        guard showsProgress else { return }
        try? FileHandle.standardError.write(contentsOf: Array(("\r\u{1B}[K" + line).utf8))
    }

    /// Takes the line of progress away.
    package static func endProgress() {
        guard showsProgress else { return }
        try? FileHandle.standardError.write(contentsOf: Array("\r\u{1B}[K".utf8))
    }
}
