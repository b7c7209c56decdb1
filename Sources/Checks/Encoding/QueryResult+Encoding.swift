import FoundationEssentials
import SwiftProtobuf
import Wire

extension QueryResult {
    /// The answer on its way back to the node that asked.
    package func encoded() -> [UInt8] { WireQueryResult.with { $0.result = wire }.encodedBytes() }

    /// Reads what ``encoded()`` made, or any other bytes.
    ///
    /// - Throws: ``CommandDecodingError``, also for an answer that this version does not know.
    package init(encoded bytes: [UInt8]) throws(CommandDecodingError) {
        guard let result = try WireQueryResult(encodedBytes: bytes).result else { throw .unknownCommand }
        self = try QueryResult(wire: result)
    }

    private var wire: WireQueryResult.OneOf_Result {
        switch self {
        case .refused(let refusal): .refused(refusal.packed)
        case .authenticated: .authenticated(WireNothing())
        case .mayLease(let answer): .mayLease(answer.packed)
        case .client(let client): .client(client.packed)
        case .clients(let listing): .clients(listing.packed)
        case .activity(let listing): .activity(listing.packed)
        case .slots(let slots): .slots(slots.packed)
        case .openWork(let work): .openWork(work.packed)
        case .lease(let lease): .lease(lease.packed)
        case .leases(let leases): .leases(leases.packed)
        case .users(let listing): .users(listing.packed)
        case .user(let user): .user(user.packed)
        case .events(let listing): .events(listing.packed)
        case .counts(let counts): .counts(counts.packed)
        case .export(let listing): .export(listing.packed)
        case .outbox(let first, let events):
            .outbox(
                .with {
                    $0.first = first
                    $0.events = events.map { WireBytes($0.packed()) }
                })
        case .statistics(let statistics): .statistics(statistics.packed)
        case .digest(let digest): .digest(WireBytes(digest))
        }
    }

    private init(wire: WireQueryResult.OneOf_Result) throws(CommandDecodingError) {
        switch wire {
        case .refused(let bytes): self = .refused(try CheckRefusal(packed: bytes))
        case .authenticated: self = .authenticated
        case .mayLease(let bytes): self = .mayLease(try ReserveAnswer(packed: bytes))
        case .client(let bytes): self = .client(try ClientRecord(packed: bytes))
        case .clients(let bytes): self = .clients(try Listing(packed: bytes))
        case .activity(let bytes): self = .activity(try Listing(packed: bytes))
        case .slots(let bytes): self = .slots(try [SlotAsk](packed: bytes))
        case .openWork(let bytes): self = .openWork(try OpenWork(packed: bytes))
        case .lease(let bytes): self = .lease(try LeaseRecord(packed: bytes))
        case .leases(let bytes): self = .leases(try [LeaseRecord](packed: bytes))
        case .users(let bytes): self = .users(try Listing(packed: bytes))
        case .user(let bytes): self = .user(try UserRecord(packed: bytes))
        case .events(let bytes): self = .events(try Listing(packed: bytes))
        case .counts(let bytes): self = .counts(try ShardCounts(packed: bytes))
        case .export(let bytes): self = .export(try Listing(packed: bytes))
        case .outbox(let message):
            self = .outbox(first: message.first, events: try WireField.events(message.events))
        case .statistics(let bytes): self = .statistics(try ShardStatistics(packed: bytes))
        case .digest(let bytes): self = .digest([UInt8](bytes))
        }
    }
}
