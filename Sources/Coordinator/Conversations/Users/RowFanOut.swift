import Checks
import DequeModule
import HashRing

/// Many users in one request: split by shard into commands of bounded size, a few of each shard under way at a time,
/// and what they come to added up. Positions in outcomes are brought back to positions in the request.
struct RowFanOut: Conversation {
    enum Kind: Sendable {
        case add([UserReference], Marking?)
        case mark([ScreenName], Marking)
        case recheck([ScreenName], Marking)
    }

    private struct Part: Sendable {
        let shard: ShardID
        /// Positions of its rows in the request.
        let rows: [Int]
    }

    let request: RequestID
    let kind: Kind
    private var parts: [Part] = []
    /// Parts of each shard that are not sent yet, by their positions in `parts`.
    private var unsent: [ShardID: Deque<Int>] = [:]
    private var outstanding = 0
    private var added = UserTally()
    private var marked = MarkTally()
    private var rechecked = RecheckTally()

    init(request: RequestID, kind: Kind) {
        self.request = request
        self.kind = kind
    }

    var delivery: DeliveryOutcome { .unknown }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin: split(in: &node)
        case .outcome(let part, .success(let outcome)):
            outstanding -= 1
            if let refusal = add(outcome, of: parts[part]) {
                node.refuse(request, refusal)
                return .finished
            }
            sendNext(to: parts[part].shard, in: &node)
        case .outcome(_, .failure(let loss)):
            // Others may have been taken; all of it can be repeated.
            node.refuse(request, Loss(reason: loss.reason, outcome: .unknown))
            return .finished
        default: return .goesOn
        }
        return outstanding == 0 ? finish(in: &node) : .goesOn
    }

    private var names: [ScreenName] {
        switch kind {
        case .add(let users, _): users.map(\.screenName)
        case .mark(let names, _), .recheck(let names, _): names
        }
    }

    private mutating func split(in node: inout NodeState) {
        let names = names
        let positions = Array(names.indices).grouped { node.shard(of: names[$0]) }
        for (shard, rows) in positions {
            for start in stride(from: 0, to: rows.count, by: Limits.rowsPerCommand) {
                unsent[shard, default: []].append(parts.count)
                parts.append(
                    Part(shard: shard, rows: Array(rows[start..<min(start + Limits.rowsPerCommand, rows.count)])))
            }
        }
        for (shard, _) in positions {
            for _ in 0..<Limits.commandsPerShard { sendNext(to: shard, in: &node) }
        }
    }

    private mutating func sendNext(to shard: ShardID, in node: inout NodeState) {
        guard let part = unsent[shard]?.popFirst() else { return }
        outstanding += 1
        node.admit(command(for: parts[part].rows), to: shard, step: part)
    }

    private func command(for rows: [Int]) -> Command {
        switch kind {
        case .add(let users, let marking): .addUsers(rows.map { users[$0] }, mark: marking)
        case .mark(let names, let marking): .mark(rows.map { names[$0] }, marking)
        case .recheck(let names, let marking): .recheck(rows.map { names[$0] }, marking)
        }
    }

    private mutating func add(_ outcome: Outcome, of part: Part) -> Refusal? {
        switch outcome {
        case .added(let tally):
            added.added += tally.added
            added.existing += tally.existing
            added.marked += tally.marked
            added.accountMismatches += tally.accountMismatches.map { part.rows[$0] }
        case .marked(let tally):
            marked.marked += tally.marked
            marked.already += tally.already
            marked.unknown += tally.unknown
        case .rechecked(let tally):
            rechecked.requeued += tally.requeued
            rechecked.running += tally.running
            rechecked.unknown += tally.unknown
        case .refused(let refusal): return Refusal(refusal)
        default: return .strangeAnswer
        }
        return nil
    }

    private mutating func finish(in node: inout NodeState) -> Progress {
        switch kind {
        case .add:
            added.accountMismatches.sort()
            node.reply(request, .added(added))
        case .mark(let names, _):
            marked.unknown = inOrder(marked.unknown, of: names)
            node.reply(request, .marked(marked))
        case .recheck(let names, _):
            rechecked.unknown = inOrder(rechecked.unknown, of: names)
            node.reply(request, .rechecked(rechecked))
        }
        return .finished
    }

    /// The unknown names in the order in which the request named them.
    private func inOrder(_ unknown: [ScreenName], of names: [ScreenName]) -> [ScreenName] {
        var remaining = Set(unknown)
        return names.filter { remaining.remove($0) != nil }
    }
}
