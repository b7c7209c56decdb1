import ArgumentParser
import CheckClient

struct JoinTokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "join-token", abstract: "Tokens with which new nodes join.", subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token: all that a new node needs besides an address.",
            discussion: """
                It carries the fingerprint of the cluster's authority, so that the new node knows whom to believe, and \
                a secret that is good for as many nodes as --uses says. It is shown once: put it into a file that only \
                the new node's user can read, and give that with --join-token-file.
                """)

        @Option(help: "Nodes that may use it.")
        var uses = 1

        @Option(help: ArgumentHelp("How long it lasts, as in 30m or 1h.", valueName: "age"))
        var expires = LengthOfTime.hour

        @OptionGroup var cluster: ClusterOptions

        func validate() throws {
            guard uses > 0 else { throw ValidationError("--uses is at least 1.") }
            guard expires.seconds > 0 else { throw ValidationError("--expires is at least 1s.") }
        }

        func run() async throws {
            let request = JoinTokenRequest(uses: uses, expiresInSeconds: expires.seconds)
            try await cluster.show(.createJoinToken(request)) { $0.token }
        }
    }
}
