import Checks
import Consensus
import HashRing

// Asking other nodes. A call goes to the leader of its group, one hop; whoever does not lead says so and who may.

extension NodeState {
    /// Asks the leader of a group, wherever it is; the answer comes to the ticket's conversation.
    mutating func call(_ body: CallBody, position: Int, ticket: Ticket?) {
        let call = RemoteCalls.Call(
            id: calls.nextID(), ticket: ticket, position: position, body: body,
            deadline: now.monotonic + Limits.callTimeout)
        dispatch(call)
    }

    /// Asks one node; the answer comes to the ticket's conversation.
    mutating func call(_ body: CallBody, at node: NodeID, ticket: Ticket, within patience: Duration) {
        var call = RemoteCalls.Call(
            id: calls.nextID(), ticket: ticket, position: nil, body: body, deadline: now.monotonic + patience)
        guard peers.isConnected(node) else { return lose(call, .noLeader) }
        call.node = node
        call.attempts = 1
        calls.add(call)
        timers.add(.call(call.id), due: call.deadline)
        post(.call(call.id, body), to: node)
    }

    /// Sends a call where its group is led now, or lets it wait for a leader.
    mutating func dispatch(_ call: RemoteCalls.Call) {
        guard let position = call.position else { return lose(call, .noLeader) }
        guard calls.open.count < Limits.callsUnderWay, call.attempts < Limits.callAttempts else {
            return lose(call, call.attempts == 0 ? .overloaded : .noLeader)
        }
        var call = call
        switch route(to: position) {
        case .here:
            serveHere(call, at: position)
        case .elsewhere where call.ticket?.isPassedOn == true: lose(call, .noLeader)
        case .elsewhere(let node):
            if call.attempts == 0 { timers.add(.call(call.id), due: call.deadline) }
            call.node = node
            call.attempts += 1
            calls.add(call)
            post(.call(call.id, call.body), to: node)
            watchLeader(of: position)
        case .soon, .unknown:
            call.node = nil
            calls.add(call)
            timers.add(.parkedCall(call.id), due: now.monotonic + Limits.leaderPatience)
        }
    }

    /// The group is led here by now.
    private mutating func serveHere(_ call: RemoteCalls.Call, at position: Int) {
        switch call.body {
        case .command(let shard, let command, _): propose(command, to: shard, ticket: call.ticket)
        case .query(let shard, let query):
            if let ticket = call.ticket { ask(query, of: shard, ticket: ticket) }
        case .registry(let entry):
            guard let ticket = call.ticket else { return }
            if let command = entry.flatMap({ try? RegistryEntry(encoded: $0).command }) {
                propose(command, ticket: ticket)
            } else {
                refreshRegistry(ticket: ticket)
            }
        case .drain, .report: lose(call, .noLeader)
        }
    }

    // MARK: Answers

    mutating func take(_ answer: CallAnswer, to id: CallID, from node: NodeID) {
        guard let call = calls.open[id], call.node == node else { return }
        _ = calls.remove(id)
        switch answer {
        case .elsewhere(let hint):
            guard let position = call.position else { return lose(call, .noLeader) }
            routes.forget(node, of: position)
            if let hint, hint != node, peers.isConnected(hint) || hint == identity.node {
                // Without a term it counts until anyone says better.
                _ = routes.note(hint, term: 0, of: position)
            }
            dispatch(call)
        case .lost(let loss): lose(call, loss)
        case .outcome(let outcome): tell(call.ticket) { .outcome($0, .success(outcome)) }
        case .found(let result): tell(call.ticket) { .answer($0, .success(result)) }
        case .registry(let outcome, let version): tellRegistry(call.ticket, outcome, version: version)
        case .drained:
            if let ticket = call.ticket { finishDrain(of: ticket.conversation) }
        case .report(let report): tell(call.ticket) { .report($0, report, from: node) }
        }
    }

    private mutating func tell(_ ticket: Ticket?, _ event: (Int) -> Event) {
        if let ticket { events.append((ticket.conversation, event(ticket.step))) }
    }

    /// What the registry's leader has said counts here once this node's own copy is as far.
    private mutating func tellRegistry(_ ticket: Ticket?, _ outcome: RegistryOutcome, version: UInt64) {
        guard let ticket else { return }
        if registry.version >= version {
            events.append((ticket.conversation, .registry(ticket.step, .success(outcome))))
        } else {
            awaitingVersion.append(AwaitedVersion(version: version, ticket: ticket, outcome: outcome))
            timers.add(.awaitedVersion, due: now.monotonic + Limits.callTimeout)
        }
    }

    /// A call that waits for a leader has waited long enough.
    mutating func giveUpParked(_ id: CallID) {
        guard let call = calls.open[id], call.node == nil else { return }
        _ = calls.remove(id)
        lose(call, call.attempts == 0 ? .noLeader : call.loss)
    }

    /// The time of a call is over.
    mutating func giveUp(_ id: CallID) {
        guard let call = calls.remove(id) else { return }
        lose(call, call.loss)
    }

    /// The link to a node broke: nobody knows what became of what it was asked.
    mutating func abandonCalls(at node: NodeID) {
        for call in calls.take(at: node) { retryOrLose(call) }
    }

    /// A group is led elsewhere than where it was asked. A question is asked there. A command stays for a while: whoever led
    /// before sees what becomes of it, or says that it was not proposed.
    mutating func abandonCalls(to position: Int, butNotAt node: NodeID) {
        for call in calls.take(for: position, butNotAt: node) {
            if call.body.isRead { retryOrLose(call) } else { keep(call) }
        }
    }

    private mutating func keep(_ call: RemoteCalls.Call) {
        calls.add(call)
        guard let node = call.node else { return }
        timers.add(.abandonedCall(call.id, at: node), due: now.monotonic + Limits.fatePatience)
    }

    /// The node that led before has not said what became of a command.
    mutating func giveUp(_ id: CallID, at node: NodeID) {
        if calls.open[id]?.node == node { giveUp(id) }
    }

    private mutating func retryOrLose(_ call: RemoteCalls.Call) {
        if call.body.isRead, call.position != nil { dispatch(call) } else { lose(call, call.loss) }
    }

    mutating func lose(_ call: RemoteCalls.Call) { lose(call, call.loss) }

    private mutating func lose(_ call: RemoteCalls.Call, _ loss: Loss) {
        guard let ticket = call.ticket else { return }
        switch call.body {
        case .command: events.append((ticket.conversation, .outcome(ticket.step, .failure(loss))))
        case .query: events.append((ticket.conversation, .answer(ticket.step, .failure(loss))))
        case .registry: events.append((ticket.conversation, .registry(ticket.step, .failure(loss))))
        case .drain: finishDrain(of: ticket.conversation)
        case .report: events.append((ticket.conversation, .silent(ticket.step)))
        }
    }
}

extension RemoteCalls.Call {
    /// What is known of it when no answer comes.
    fileprivate var loss: Loss { body.isRead ? .noLeader : .deposed }
}

/// An answer of the registry's leader that waits for this node's copy.
struct AwaitedVersion: Sendable {
    let version: UInt64
    let ticket: Ticket
    let outcome: RegistryOutcome
}
