import Consensus
import SeededRandom
import Wire

/// Messages of every kind, with extreme numbers among them.
enum RaftSamples {
    /// A number that is believed, the ends of the range often.
    static func counter(_ random: inout Chance) -> UInt64 {
        switch random.index(below: 4) {
        case 0: WireLimits.counter
        case 1: 0
        default: random.next() >> 2
        }
    }

    static func mark(_ random: inout Chance) -> LogMark {
        LogMark(index: LogIndex(counter(&random)), term: Term(counter(&random)))
    }

    static func configuration(_ random: inout Chance) -> Configuration {
        func list(_ most: Int) -> [ReplicaID] {
            let count = random.chance(1, in: 4) ? most : random.index(below: most + 1)
            return Set((0..<count).map { _ in random.next() }).map { ReplicaID($0) }
        }
        return Configuration(voters: list(7), outgoing: list(7), learners: list(32), nextLearners: list(7))
    }

    static func payload(_ random: inout Chance) -> Entry.Payload {
        switch random.index(below: 4) {
        case 0: .empty
        case 1: .configuration(configuration(&random))
        default: .command(Samples.bytes(upTo: 200, &random))
        }
    }

    static func append(_ random: inout Chance) -> Message.Append {
        let previous = mark(&random)
        let entries = (0..<random.index(below: 6)).map {
            Entry(
                index: LogIndex(previous.index.rawValue + 1 + UInt64($0)), term: Term(counter(&random)),
                payload: payload(&random))
        }
        return Message.Append(previous: previous, entries: entries, commit: LogIndex(counter(&random)))
    }

    static func body(_ random: inout Chance) -> Message.Body {
        let request = Message.VoteRequest(
            last: mark(&random), isTransfer: random.chance(1, in: 2), commit: mark(&random))
        return switch random.index(below: 12) {
        case 0: .preVoteRequest(request)
        case 1: .preVote(granted: random.chance(1, in: 2), commit: mark(&random))
        case 2: .voteRequest(request)
        case 3: .vote(granted: random.chance(1, in: 2), commit: mark(&random))
        case 4: .append(append(&random))
        case 5: .appendAccepted(through: LogIndex(counter(&random)))
        case 6: .appendRejected(.init(index: LogIndex(counter(&random)), hint: mark(&random)))
        case 7: .heartbeat(commit: LogIndex(counter(&random)), round: counter(&random))
        case 8: .heartbeatAnswer(round: counter(&random))
        case 9: .superseded
        case 10: .campaignNow
        default: .snapshot(Snapshot(mark: mark(&random), configuration: configuration(&random)))
        }
    }

    static func message(_ random: inout Chance) -> GroupMessage {
        GroupMessage(
            group: UInt16(truncatingIfNeeded: random.next()),
            message: Message(
                from: ReplicaID(random.next()), to: ReplicaID(random.next()), term: Term(counter(&random)),
                body: body(&random)))
    }
}
