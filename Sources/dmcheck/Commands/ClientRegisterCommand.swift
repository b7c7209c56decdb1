import ArgumentParser
import CheckClient

struct ClientRegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "Register the client of a profile, which is made if it is new.")

    @Option(help: ArgumentHelp("The profile file.", valueName: "file"), completion: .file())
    var profile: String

    @Option(help: "Users that it can check in a window.")
    var usersPerWindow: Int?

    @Option(help: "The window's length.")
    var windowSeconds: Int?

    @Option(help: "Leases that it wants to hold at once.")
    var maxBuckets: Int?

    @Option(help: ArgumentHelp("A service that it works for; may be repeated.", valueName: "name"))
    var service: [String] = []

    @Option(help: "An invitation.")
    var invite: String?

    @OptionGroup var node: NodeOptions

    func run() async throws {
        let profile = try Profile.open(profile)
        let capability = Capability(
            usersPerWindow: usersPerWindow, windowSeconds: windowSeconds, maxBuckets: maxBuckets,
            services: service.isEmpty ? nil : service)
        let registration = Registration(
            screenName: profile.screenName, secret: profile.secret,
            capability: capability == Capability() ? nil : capability, invite: invite ?? profile.invite)
        try await node.show(.register(profile.id, registration), as: profile) { client in
            "\(client.screenName) (\(client.id)) is registered, \(client.state)"
        }
    }
}

struct ClientUnregisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unregister", abstract: "Unregister a client; what it holds goes back.")

    @Argument(help: "The client's id (as its operator).")
    var id: String?

    @Option(help: ArgumentHelp("The client's own profile.", valueName: "file"), completion: .file())
    var profile: String?

    @OptionGroup var cluster: ClusterOptions

    func validate() throws {
        guard (id == nil) != (profile == nil) else {
            throw ValidationError("Say which client: its ID, or --profile FILE, not both.")
        }
    }

    func run() async throws {
        if let id {
            try await cluster.perform(.unregister(id), "\(id) is unregistered")
        } else if let profile {
            let profile = try Profile.open(profile)
            try await cluster.asVolunteer().show(.unregister(profile.id), as: profile) { _ in
                "\(profile.id) is unregistered"
            }
        }
    }
}
