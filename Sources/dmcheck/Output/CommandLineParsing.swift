import ArgumentParser

/// The command line as a pure function, for those who want to know how it would end before anything is done.
package enum CommandLineParsing {
    /// How these arguments end without a command being run; `nil` when they name a command that would run.
    package static func ending(of arguments: [String]) async -> Ending? {
        do {
            var command = try await Dmcheck.asyncParseAsRoot(arguments)
            // All commands are asynchronous but the one that shows help, which does nothing else.
            if !(command is any AsyncParsableCommand) { try command.run() }
            return nil
        } catch {
            return Ending(of: error)
        }
    }
}
