import FoundationEssentials
import HashRing
import SwiftProtobuf
import Wire

/// How the schema's `bytes` come to Swift.
typealias WireBytes = Data

/// Fields of the schema as the domain's types.
enum WireField {
    static func shard(_ number: UInt32) throws(CommandDecodingError) -> ShardID {
        guard let number = UInt16(exactly: number), let shard = ShardID(rawValue: number) else {
            throw .malformed("shard \(number)")
        }
        return shard
    }

    static func lease(_ bytes: WireBytes) throws(CommandDecodingError) -> LeaseID {
        guard let lease = LeaseID(bytes: bytes) else { throw .malformed("lease") }
        return lease
    }

    static func secret(_ bytes: WireBytes) throws(CommandDecodingError) -> SecretHash {
        guard let secret = SecretHash([UInt8](bytes)) else { throw .malformed("secret") }
        return secret
    }

    static func screenName(_ text: String) throws(CommandDecodingError) -> ScreenName {
        guard let name = ScreenName(text) else { throw .malformed("screen name") }
        return name
    }

    static func service(_ text: String) throws(CommandDecodingError) -> ServiceName {
        guard let service = ServiceName(text) else { throw .malformed("service") }
        return service
    }

    static func events(_ packed: [WireBytes]) throws(CommandDecodingError) -> [OutboxEvent] {
        var events: [OutboxEvent] = []
        for bytes in packed {
            guard let event = OutboxEvent(packed: [UInt8](bytes)) else { throw .malformed("event") }
            events.append(event)
        }
        return events
    }

    static func lane(_ number: UInt32) throws(CommandDecodingError) -> Lane {
        guard let number = UInt8(exactly: number), let lane = Lane(rawValue: number) else {
            throw .malformed("lane \(number)")
        }
        return lane
    }
}

extension Marking {
    var wire: WireMarking {
        .with {
            $0.service = service.text
            $0.lane = UInt32(lane.rawValue)
        }
    }

    init(wire: WireMarking) throws(CommandDecodingError) {
        self.init(service: try WireField.service(wire.service), lane: try WireField.lane(wire.lane))
    }
}

extension WireMark {
    static func names(_ names: [ScreenName], _ marking: Marking) -> WireMark {
        .with {
            $0.names = WireBytes(PackedRows.pack(names: names))
            $0.mark = marking.wire
        }
    }
}

extension WireLeaseClient {
    static func of(_ lease: LeaseID, _ client: ClientID) -> WireLeaseClient {
        .with {
            $0.lease = WireBytes(lease.bytes)
            $0.client = client.rawValue
        }
    }
}

extension WireLeaseHolder {
    static func of(_ lease: LeaseID, _ client: ClientID, _ secret: SecretHash) -> WireLeaseHolder {
        .with {
            $0.lease = WireBytes(lease.bytes)
            $0.client = client.rawValue
            $0.secret = WireBytes(secret.bytes)
        }
    }
}

extension WireSlotLease {
    static func of(_ slot: SlotID, _ lease: LeaseID) -> WireSlotLease {
        .with {
            $0.slot = slot.rawValue
            $0.lease = WireBytes(lease.bytes)
        }
    }
}

extension WireDeadlines {
    static func of(_ leases: [LeaseDeadline]) -> WireDeadlines {
        .with {
            $0.leases = leases.map { lease in
                .with {
                    $0.lease = WireBytes(lease.lease.bytes)
                    $0.deadline = lease.deadline.milliseconds
                }
            }
        }
    }

    func deadlines() throws(CommandDecodingError) -> [LeaseDeadline] {
        var deadlines: [LeaseDeadline] = []
        for message in leases {
            deadlines.append(
                LeaseDeadline(
                    lease: try WireField.lease(message.lease), deadline: Timestamp(milliseconds: message.deadline)))
        }
        return deadlines
    }
}

extension GrantOrder {
    var wire: WireGrant {
        .with {
            $0.lease = WireBytes(lease.bytes)
            $0.client = client.rawValue
            $0.secret = WireBytes(secret.bytes)
            $0.service = service.text
            $0.lane = UInt32(lane.rawValue)
            $0.allowance = UInt32(clamping: allowance)
            $0.home = UInt32(home.rawValue)
            $0.slot = slot.rawValue
            $0.notAfter = notAfter.milliseconds
        }
    }

    init(wire: WireGrant) throws(CommandDecodingError) {
        self.init(
            lease: try WireField.lease(wire.lease), client: ClientID(rawValue: wire.client),
            secret: try WireField.secret(wire.secret), service: try WireField.service(wire.service),
            lane: try WireField.lane(wire.lane), allowance: Int(wire.allowance), home: try WireField.shard(wire.home),
            slot: SlotID(rawValue: wire.slot), notAfter: Timestamp(milliseconds: wire.notAfter))
    }
}
