import FoundationEssentials
import HashRing
import SwiftProtobuf
import Wire

/// The commands of a shard's home role, as the schema has them.
extension Command {
    var homeWire: WireEntry.OneOf_Command {
        switch self {
        case .register(let client, let registration): .register(registration.wire(client))
        case .reserve(let reservation): .reserve(reservation.wire)
        case .ask(let slot, let after, let shard):
            .ask(
                .with {
                    $0.slot = slot.rawValue
                    $0.after = WireBytes(after.bytes)
                    $0.shard = UInt32(shard.rawValue)
                })
        case .granted(let slot, let lease, let users, let deadline):
            .granted(
                .with {
                    $0.slot = slot.rawValue
                    $0.lease = WireBytes(lease.bytes)
                    $0.users = UInt32(clamping: users)
                    $0.deadline = deadline.milliseconds
                })
        case .exhausted(let slot, let lease): .exhausted(.of(slot, lease))
        case .fault(let client, let fault, let count, let lease):
            .fault(
                .with {
                    $0.client = client.rawValue
                    $0.fault = UInt32(fault.rawValue)
                    $0.count = UInt32(clamping: count)
                    if let lease { $0.lease = WireBytes(lease.bytes) }
                })
        case .touch(let clients): .touch(.with { $0.clients = clients.map(\.rawValue) })
        case .beginUnregister(let client, let cause):
            .beginUnregister(
                .with {
                    $0.client = client.rawValue
                    switch cause {
                    case .client(let secret): $0.secret = WireBytes(secret.bytes)
                    case .operatorUnregisters: $0.cause = 1
                    case .operatorResets: $0.cause = 2
                    }
                })
        case .slotCancelled(let slot, let lease): .slotCancelled(.of(slot, lease))
        case .finishUnregister(let client, let generation):
            .finishUnregister(
                .with {
                    $0.client = client.rawValue
                    $0.generation = generation
                })
        case .quarantine(let client, let reason):
            .quarantine(
                .with {
                    $0.client = client.rawValue
                    $0.reason = reason
                })
        case .reinstate(let client): .reinstate(.with { $0.client = client.rawValue })
        default: preconditionFailure("a command of the user role has no message here")
        }
    }

    init(homeWire wire: WireEntry.OneOf_Command) throws(CommandDecodingError) {
        switch wire {
        case .register(let message):
            self = .register(ClientID(rawValue: message.client), try Registration(wire: message))
        case .reserve(let message): self = .reserve(try Reservation(wire: message))
        case .ask(let message):
            self = .ask(
                slot: SlotID(rawValue: message.slot), after: try WireField.lease(message.after),
                shard: try WireField.shard(message.shard))
        case .granted(let message):
            self = .granted(
                slot: SlotID(rawValue: message.slot), lease: try WireField.lease(message.lease),
                users: Int(message.users), deadline: Timestamp(milliseconds: message.deadline))
        case .exhausted(let message):
            self = .exhausted(slot: SlotID(rawValue: message.slot), lease: try WireField.lease(message.lease))
        case .fault(let message):
            guard let code = UInt8(exactly: message.fault), let fault = ClientFault(rawValue: code) else {
                throw .malformed("fault \(message.fault)")
            }
            self = .fault(
                ClientID(rawValue: message.client), fault, count: Int(message.count),
                lease: message.lease.isEmpty ? nil : try WireField.lease(message.lease))
        case .touch(let message): self = .touch(message.clients.map(ClientID.init(rawValue:)))
        case .beginUnregister(let message):
            let cause: EndingCause =
                switch message.cause {
                case 0: .client(try WireField.secret(message.secret))
                case 1: .operatorUnregisters
                case 2: .operatorResets
                default: throw .malformed("cause \(message.cause)")
                }
            self = .beginUnregister(ClientID(rawValue: message.client), by: cause)
        case .slotCancelled(let message):
            self = .slotCancelled(slot: SlotID(rawValue: message.slot), lease: try WireField.lease(message.lease))
        case .finishUnregister(let message):
            self = .finishUnregister(ClientID(rawValue: message.client), generation: message.generation)
        case .quarantine(let message):
            self = .quarantine(ClientID(rawValue: message.client), reason: message.reason)
        case .reinstate(let message): self = .reinstate(ClientID(rawValue: message.client))
        default: throw .unknownCommand
        }
    }
}

extension Registration {
    func wire(_ client: ClientID) -> WireRegister {
        .with {
            $0.client = client.rawValue
            $0.screenName = screenName
            $0.secret = WireBytes(secret.bytes)
            $0.invited = invited
            guard let capability else { return }
            $0.capability = .with {
                $0.usersPerWindow = UInt32(clamping: capability.usersPerWindow)
                $0.windowSeconds = UInt32(clamping: capability.windowSeconds)
                if let buckets = capability.maxBuckets { $0.maxBuckets = UInt32(clamping: buckets) }
                $0.restricted = capability.services != nil
                $0.services = capability.services?.map(\.text) ?? []
            }
        }
    }

    init(wire: WireRegister) throws(CommandDecodingError) {
        let stated = wire.capability
        var services: [ServiceName] = []
        for name in stated.services { services.append(try WireField.service(name)) }
        let capability = Capability(
            usersPerWindow: Int(stated.usersPerWindow), windowSeconds: Int(stated.windowSeconds),
            maxBuckets: stated.hasMaxBuckets ? Int(stated.maxBuckets) : nil,
            services: stated.restricted ? services : nil)
        self.init(
            screenName: wire.screenName, secret: try WireField.secret(wire.secret),
            capability: wire.hasCapability ? capability : nil, invited: wire.invited)
    }
}

extension Reservation {
    var wire: WireReserve {
        .with {
            $0.client = client.rawValue
            $0.secret = WireBytes(secret.bytes)
            $0.service = service.text
            $0.count = UInt32(clamping: count)
            if let key {
                $0.key = key.key
                $0.body = WireBytes(key.body)
            }
            $0.urgentShards = urgentShards.map { UInt32($0.rawValue) }
            $0.normalShards = normalShards.map { UInt32($0.rawValue) }
            $0.slotsConfirmed = slotsConfirmed
            $0.continues = continues
        }
    }

    init(wire: WireReserve) throws(CommandDecodingError) {
        var urgent: [ShardID] = []
        for number in wire.urgentShards { urgent.append(try WireField.shard(number)) }
        var normal: [ShardID] = []
        for number in wire.normalShards { normal.append(try WireField.shard(number)) }
        self.init(
            client: ClientID(rawValue: wire.client), secret: try WireField.secret(wire.secret),
            service: try WireField.service(wire.service), count: Int(wire.count),
            key: wire.hasKey ? Key(key: wire.key, body: [UInt8](wire.body)) : nil, urgentShards: urgent,
            normalShards: normal, slotsConfirmed: wire.slotsConfirmed)
        continues = wire.continues
    }
}
