import FoundationEssentials
import HashRing
import SwiftProtobuf
import Wire

extension Outcome {
    /// The outcome on its way back to the node that sent the command.
    package func encoded() -> [UInt8] { WireOutcome.with { $0.outcome = wire }.encodedBytes() }

    /// Reads what ``encoded()`` made, or any other bytes.
    ///
    /// - Throws: ``CommandDecodingError``, also for an outcome that this version does not know.
    package init(encoded bytes: [UInt8]) throws(CommandDecodingError) {
        guard let outcome = try WireOutcome(encodedBytes: bytes).outcome else { throw .unknownCommand }
        self = try Outcome(wire: outcome)
    }

    private var wire: WireOutcome.OneOf_Outcome {
        switch self {
        case .done: .done(WireNothing())
        case .refused(let refusal): .refused(refusal.packed)
        case .digest(let digest): .digest(WireBytes(digest))
        case .jobStep(let more): .jobStep(more)
        case .inbox(let source, let through):
            .inbox(
                .with {
                    $0.source = UInt32(source.rawValue)
                    $0.through = through
                })
        case .registered(let client, let created):
            .registered(
                .with {
                    $0.client = client.packed
                    $0.created = created
                })
        case .reserved(let answer): .reserved(answer.packed)
        case .asked(let ask): .asked(ask.packed)
        case .ending(let generation, let open):
            .ending(
                .with {
                    $0.generation = generation
                    $0.open = open.packed
                })
        case .added(let tally): .added(tally.packed)
        case .marked(let tally): .marked(tally.packed)
        case .rechecked(let tally): .rechecked(tally.packed)
        case .jobStarted(let number): .jobStarted(number)
        case .granted(let lease): .granted(lease.packed)
        case .nothingToGrant: .nothingToGrant(WireNothing())
        case .fenced(let granted): .fenced(.with { if let granted { $0.granted = granted.packed } })
        case .reported(let receipt): .reported(receipt.packed)
        case .renewed(let deadline): .renewed(deadline.milliseconds)
        }
    }

    private init(wire: WireOutcome.OneOf_Outcome) throws(CommandDecodingError) {
        switch wire {
        case .done: self = .done
        case .refused(let bytes): self = .refused(try CheckRefusal(packed: bytes))
        case .digest(let bytes): self = .digest([UInt8](bytes))
        case .jobStep(let more): self = .jobStep(more: more)
        case .inbox(let message):
            self = .inbox(source: try WireField.shard(message.source), through: message.through)
        case .registered(let message):
            self = .registered(try ClientRecord(packed: message.client), created: message.created)
        case .reserved(let bytes): self = .reserved(try ReserveAnswer(packed: bytes))
        case .asked(let bytes): self = .asked(try SlotAsk(packed: bytes))
        case .ending(let message):
            self = .ending(generation: message.generation, open: try [SlotAsk](packed: message.open))
        case .added(let bytes): self = .added(try UserTally(packed: bytes))
        case .marked(let bytes): self = .marked(try MarkTally(packed: bytes))
        case .rechecked(let bytes): self = .rechecked(try RecheckTally(packed: bytes))
        case .jobStarted(let number): self = .jobStarted(number)
        case .granted(let bytes): self = .granted(try LeaseRecord(packed: bytes))
        case .nothingToGrant: self = .nothingToGrant
        case .fenced(let message):
            self = .fenced(granted: message.hasGranted ? try LeaseRecord(packed: message.granted) : nil)
        case .reported(let bytes): self = .reported(try ReportReceipt(packed: bytes))
        case .renewed(let deadline): self = .renewed(deadline: Timestamp(milliseconds: deadline))
        }
    }
}
