import FoundationEssentials
import HashRing
import SwiftProtobuf
import Wire

extension Command {
    /// The command as the schema has it.
    var wire: WireEntry.OneOf_Command {
        switch self {
        case .configure(let configuration): .configure(configuration.wire)
        case .digest: .digest(WireNothing())
        case .jobStep: .jobStep(WireNothing())
        case .purge: .purge(WireNothing())
        case .inbox(let source, let first, let events):
            .inbox(
                .with {
                    $0.source = UInt32(source.rawValue)
                    $0.first = first
                    $0.events = events.map { WireBytes($0.packed()) }
                })
        case .outboxDelivered(let target, let through):
            .outboxDelivered(
                .with {
                    $0.target = UInt32(target.rawValue)
                    $0.through = through
                })
        case .addUsers(let users, let mark):
            .addUsers(
                .with {
                    $0.users = WireBytes(PackedRows.pack(users: users))
                    if let mark { $0.mark = mark.wire }
                })
        case .mark(let names, let marking): .mark(.names(names, marking))
        case .markUnmarked(let marking): .markUnmarked(marking.wire)
        case .recheck(let names, let marking): .recheck(.names(names, marking))
        case .recheckOlder(let than, let marking):
            .recheckOlder(
                .with {
                    $0.than = than.milliseconds
                    $0.mark = marking.wire
                })
        case .deleteUser(let name): .deleteUser(.with { $0.name = name.folded })
        case .grant(let order): .grant(order.wire)
        case .fence(let lease, let client): .fence(.of(lease, client))
        case .cancel(let lease, let client): .cancel(.of(lease, client))
        case .report(let lease, let client, let secret, let rows, let release):
            .report(
                .with {
                    $0.lease = WireBytes(lease.bytes)
                    $0.client = client.rawValue
                    $0.secret = WireBytes(secret.bytes)
                    $0.rows = WireBytes(PackedRows.pack(results: rows))
                    $0.release = release
                })
        case .renew(let lease, let client, let secret): .renew(.of(lease, client, secret))
        case .giveBack(let lease, let client, let secret): .giveBack(.of(lease, client, secret))
        case .lapse(let leases): .lapse(.of(leases))
        case .release(let leases): .release(.of(leases))
        case .register, .reserve, .ask, .granted, .exhausted, .fault, .touch, .beginUnregister, .slotCancelled,
            .finishUnregister, .quarantine, .reinstate:
            homeWire
        }
    }

    /// The command that the schema's message means.
    init(wire: WireEntry.OneOf_Command) throws(CommandDecodingError) {
        switch wire {
        case .configure(let message): self = .configure(try DomainConfiguration(wire: message))
        case .digest: self = .digest
        case .jobStep: self = .jobStep
        case .purge: self = .purge
        case .inbox(let message):
            self = .inbox(
                source: try WireField.shard(message.source), first: message.first,
                events: try WireField.events(message.events))
        case .outboxDelivered(let message):
            self = .outboxDelivered(target: try WireField.shard(message.target), through: message.through)
        case .addUsers(let message):
            self = .addUsers(
                try PackedRows.unpackUsers([UInt8](message.users)),
                mark: message.hasMark ? try Marking(wire: message.mark) : nil)
        case .mark(let message):
            self = .mark(try PackedRows.unpackNames([UInt8](message.names)), try Marking(wire: message.mark))
        case .markUnmarked(let message): self = .markUnmarked(try Marking(wire: message))
        case .recheck(let message):
            self = .recheck(try PackedRows.unpackNames([UInt8](message.names)), try Marking(wire: message.mark))
        case .recheckOlder(let message):
            self = .recheckOlder(than: Timestamp(milliseconds: message.than), try Marking(wire: message.mark))
        case .deleteUser(let message): self = .deleteUser(try WireField.screenName(message.name))
        case .grant(let message): self = .grant(try GrantOrder(wire: message))
        case .fence(let message):
            self = .fence(try WireField.lease(message.lease), client: ClientID(rawValue: message.client))
        case .cancel(let message):
            self = .cancel(try WireField.lease(message.lease), client: ClientID(rawValue: message.client))
        case .report(let message):
            self = .report(
                try WireField.lease(message.lease), ClientID(rawValue: message.client),
                try WireField.secret(message.secret), rows: try PackedRows.unpackResults([UInt8](message.rows)),
                release: message.release)
        case .renew(let message):
            self = .renew(
                try WireField.lease(message.lease), ClientID(rawValue: message.client),
                try WireField.secret(message.secret))
        case .giveBack(let message):
            self = .giveBack(
                try WireField.lease(message.lease), ClientID(rawValue: message.client),
                try WireField.secret(message.secret))
        case .lapse(let message): self = .lapse(try message.deadlines())
        case .release(let message): self = .release(try message.deadlines())
        case .register, .reserve, .ask, .granted, .exhausted, .fault, .touch, .beginUnregister, .slotCancelled,
            .finishUnregister, .quarantine, .reinstate:
            self = try Command(homeWire: wire)
        }
    }
}
