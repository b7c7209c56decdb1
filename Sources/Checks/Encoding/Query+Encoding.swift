import FoundationEssentials
import HashRing
import SwiftProtobuf
import Wire

extension Query {
    /// The question on its way to the node that leads the shard.
    package func encoded() -> [UInt8] { WireQuery.with { $0.query = wire }.encodedBytes() }

    /// Reads what ``encoded()`` made, or any other bytes.
    ///
    /// - Throws: ``CommandDecodingError``, also for a question that this version does not know.
    package init(encoded bytes: [UInt8]) throws(CommandDecodingError) {
        guard let query = try WireQuery(encodedBytes: bytes).query else { throw .unknownCommand }
        self = try Query(wire: query)
    }

    private var wire: WireQuery.OneOf_Query {
        switch self {
        case .authenticate(let client, let secret):
            .authenticate(
                .with {
                    $0.client = client.rawValue
                    $0.secret = WireBytes(secret.bytes)
                })
        case .mayLease(let reservation): .mayLease(reservation.wire)
        case .client(let client): .client(client.rawValue)
        case .clients(let page): .clients(page.wire)
        case .activity(let client, let from, let to, let page):
            .activity(
                .with {
                    $0.client = client.rawValue
                    if let from { $0.from = from.milliseconds }
                    if let to { $0.to = to.milliseconds }
                    $0.page = page.wire
                })
        case .slots(let client): .slots(client.rawValue)
        case .openWork: .openWork(WireNothing())
        case .lease(let lease, let client, let secret): .lease(.of(lease, client, secret))
        case .leaseAsGranted(let lease, let client): .leaseAsGranted(.of(lease, client))
        case .leases(let leases, let client):
            .leases(
                .with {
                    $0.leases = leases.map { WireBytes($0.bytes) }
                    $0.client = client.rawValue
                })
        case .users(let filter, let page): .users(filter.wire(page))
        case .user(let name, let asOf):
            .user(
                .with {
                    $0.name = name.folded
                    if let asOf { $0.asOf = asOf.milliseconds }
                })
        case .events(let name, let page):
            .events(
                .with {
                    $0.name = name.folded
                    $0.page = page.wire
                })
        case .counts(let service): .counts(service.text)
        case .export(let service, let page):
            .export(
                .with {
                    $0.service = service.text
                    $0.page = page.wire
                })
        case .outbox(let target, let after, let limit):
            .outbox(
                .with {
                    $0.target = UInt32(target.rawValue)
                    $0.after = after
                    $0.limit = UInt32(clamping: limit)
                })
        case .statistics: .statistics(WireNothing())
        case .digest: .digest(WireNothing())
        }
    }

    private init(wire: WireQuery.OneOf_Query) throws(CommandDecodingError) {
        switch wire {
        case .authenticate(let message):
            self = .authenticate(ClientID(rawValue: message.client), try WireField.secret(message.secret))
        case .mayLease(let message): self = .mayLease(try Reservation(wire: message))
        case .client(let client): self = .client(ClientID(rawValue: client))
        case .clients(let message): self = .clients(Page(wire: message))
        case .activity(let message):
            self = .activity(
                ClientID(rawValue: message.client),
                from: message.hasFrom ? Timestamp(milliseconds: message.from) : nil,
                to: message.hasTo ? Timestamp(milliseconds: message.to) : nil, Page(wire: message.page))
        case .slots(let client): self = .slots(ClientID(rawValue: client))
        case .openWork: self = .openWork
        case .lease(let message):
            self = .lease(
                try WireField.lease(message.lease), ClientID(rawValue: message.client),
                try WireField.secret(message.secret))
        case .leaseAsGranted(let message):
            self = .leaseAsGranted(try WireField.lease(message.lease), ClientID(rawValue: message.client))
        case .leases(let message):
            var leases: [LeaseID] = []
            for bytes in message.leases { leases.append(try WireField.lease(bytes)) }
            self = .leases(leases, ClientID(rawValue: message.client))
        case .users(let message): self = .users(try UserFilter(wire: message), Page(wire: message.page))
        case .user(let message):
            self = .user(
                try WireField.screenName(message.name),
                asOf: message.hasAsOf ? Timestamp(milliseconds: message.asOf) : nil)
        case .events(let message):
            self = .events(try WireField.screenName(message.name), Page(wire: message.page))
        case .counts(let service): self = .counts(try WireField.service(service))
        case .export(let message): self = .export(try WireField.service(message.service), Page(wire: message.page))
        case .outbox(let message):
            self = .outbox(
                target: try WireField.shard(message.target), after: message.after, limit: Int(message.limit))
        case .statistics: self = .statistics
        case .digest: self = .digest
        }
    }
}
