import Checks
import Wire

/// One entry of group 0's log: the proposer's clock, and what is to be done.
struct RegistryEntry: Hashable, Sendable {
    var stamp: Timestamp
    var command: RegistryCommand

    private static let format: UInt32 = 1

    init(stamp: Timestamp, command: RegistryCommand) {
        self.stamp = stamp
        self.command = command
    }

    /// Reads an entry; a format or a command that this node does not know is an error, never a no-op.
    init(encoded bytes: [UInt8]) throws(WireError) {
        let wire = try WireRegistryEntry(bytes: bytes)
        guard wire.format == Self.format, let body = wire.command else {
            throw WireError("a registry entry of format \(wire.format)")
        }
        stamp = Timestamp(milliseconds: wire.stamp)
        command = try RegistryCommand(body)
    }

    /// The entry as the log holds it.
    func encoded() throws(WireError) -> [UInt8] {
        var wire = WireRegistryEntry()
        wire.format = Self.format
        wire.stamp = stamp.milliseconds
        wire.command = command.wire
        return try wire.bytes()
    }
}

extension RegistryCommand {
    fileprivate init(_ wire: WireRegistryEntry.OneOf_Command) throws(WireError) {
        switch wire {
        case .found(let state): self = .found(try Registry(state))
        case .service(let change):
            guard let name = ServiceName(change.name) else { throw WireError("a service's name") }
            let settings = try mapAll(change.settings) { wire throws(WireError) in try ServiceChange.Setting(wire) }
            let schema = Service.Schema(rawValue: change.schema)
            guard schema != nil || change.schema.isEmpty else { throw WireError("a schema") }
            self = .putService(name, ServiceChange(schema: schema, settings: settings))
        case .serviceState(let change):
            guard let name = ServiceName(change.name), let state = Service.State(rawValue: change.state) else {
                throw WireError("a service's state")
            }
            self = .setServiceState(name, state)
        case .settings(let settings): self = .putSettings(try ClusterSettings(settings))
        case .createInvite(let wire):
            let invite = Registry.Invite(wire)
            self = .createInvite(digest: invite.digest, uses: invite.uses, expiresAt: invite.expiresAt)
        case .useInvite(let use): self = .useInvite(digest: use.digestBytes, ClientID(rawValue: use.client))
        case .member(let member): self = .putMember(try Registry.Member(member))
        case .patchSettings(let change): self = .patchSettings(try SettingsChange(change))
        default: self = try Self.membership(wire)
        }
    }

    fileprivate var wire: WireRegistryEntry.OneOf_Command {
        switch self {
        case .found(let registry): return .found(registry.wire)
        case .putService(let name, let change):
            var wire = WireRegistryServiceChange()
            wire.name = name.text
            wire.schema = change.schema?.rawValue ?? ""
            wire.settings = change.settings.map(\.wire)
            return .service(wire)
        case .setServiceState(let name, let state):
            var wire = WireRegistryServiceState()
            wire.name = name.text
            wire.state = state.rawValue
            return .serviceState(wire)
        case .putSettings(let settings): return .settings(settings.wire)
        case .createInvite(let digest, let uses, let expiresAt):
            return .createInvite(Registry.Invite(digest: digest, uses: uses, expiresAt: expiresAt, clients: []).wire)
        case .useInvite(let digest, let client):
            var wire = WireRegistryInviteUse()
            wire.digestBytes = digest
            wire.client = client.rawValue
            return .useInvite(wire)
        case .putMember(let member): return .member(member.wire)
        case .patchSettings(let change): return .patchSettings(change.wire)
        default: return membershipWire
        }
    }
}
