import Checks
import Consensus
import HashRing

// What conversations ask of shards and of the registry. The answer, or the loss, comes as an event.

extension NodeState {
    /// Where the group of `shard` stands in `groups`, if there is such a shard.
    func position(of shard: ShardID) -> Int? {
        shard.index < shards.count ? shard.index + 1 : nil
    }

    func position(of key: GroupKey) -> Int? {
        switch key {
        case .registry: 0
        case .shard(let shard): position(of: shard)
        }
    }

    func home(of client: ClientID) -> ShardID { identity.placement(.client(client)) }
    func shard(of user: ScreenName) -> ShardID { identity.placement(.user(user)) }

    /// Whether this node leads the shard, be it still taking up what was open.
    func leads(_ shard: ShardID) -> Bool {
        guard let position = position(of: shard) else { return false }
        return groups[position].standing.office != nil
    }

    /// Has `command` committed and applied by `shard`; the outcome comes to the present conversation under `step`.
    mutating func propose(_ command: Command, to shard: ShardID, step: Int) {
        propose(command, to: shard, ticket: Ticket(conversation: current, step: step))
    }

    /// The first command of a request: refused while the shard has more to do than it should.
    mutating func admit(_ command: Command, to shard: ShardID, step: Int) {
        admit(command, to: shard, ticket: Ticket(conversation: current, step: step))
    }

    mutating func admit(_ command: Command, to shard: ShardID, ticket: Ticket) {
        guard let position = position(of: shard), groups[position].isInOffice else {
            return propose(command, to: shard, ticket: ticket, admits: true)
        }
        if groups[position].inFlight >= Limits.proposalsPerGroup {
            raise(.overloaded(shard))
            events.append((ticket.conversation, .outcome(ticket.step, .failure(.overloaded))))
        } else {
            propose(command, to: shard, ticket: ticket)
        }
    }

    /// Has `command` committed for nobody in particular.
    mutating func propose(_ command: Command, to shard: ShardID) { propose(command, to: shard, ticket: nil) }

    mutating func propose(_ command: Command, to shard: ShardID, ticket: Ticket?, admits: Bool = false) {
        guard let position = position(of: shard) else {
            if let ticket { events.append((ticket.conversation, .outcome(ticket.step, .failure(.noLeader)))) }
            return
        }
        guard groups[position].isInOffice else {
            return call(.command(shard, command, admits: admits), position: position, ticket: ticket)
        }
        groups[position].unproposed.append(HostedGroup.Proposal(body: .shard(command), ticket: ticket))
        touch(position)
    }

    /// Asks `shard`, linearizably unless the present conversation's caller takes less; the answer comes to that conversation
    /// under `step`.
    mutating func ask(_ query: Query, of shard: ShardID, step: Int) {
        ask(query, of: shard, ticket: Ticket(conversation: current, step: step))
    }

    mutating func ask(_ query: Query, of shard: ShardID, ticket: Ticket) {
        guard let position = position(of: shard) else {
            events.append((ticket.conversation, .answer(ticket.step, .failure(.noLeader))))
            return
        }
        if askReplica(query, of: shard, at: position, ticket: ticket) { return }
        guard groups[position].isInOffice else { return call(.query(shard, query), position: position, ticket: ticket) }
        groups[position].unread.append(HostedGroup.Question(body: .shard(query), ticket: ticket))
        touch(position)
    }

    /// Has `command` committed and applied by the registry.
    mutating func propose(_ command: RegistryCommand, step: Int) {
        propose(command, ticket: Ticket(conversation: current, step: step))
    }

    mutating func propose(_ command: RegistryCommand, ticket: Ticket?) {
        guard groups[0].isInOffice else { return call(command, ticket: ticket) }
        groups[0].unproposed.append(HostedGroup.Proposal(body: .registry(command), ticket: ticket))
        touch(0)
    }

    /// Waits until `registry` holds everything that was committed before now; for a stale read it will do as it is.
    mutating func refreshRegistry(step: Int) {
        if readsStale, staleness(of: 0) != nil {
            noteRegistryRead()
            events.append((current, .registry(step, .success(.current))))
        } else {
            refreshRegistry(ticket: Ticket(conversation: current, step: step))
        }
    }

    mutating func refreshRegistry(ticket: Ticket) {
        guard groups[0].isInOffice else { return call(.registry(entry: nil), position: 0, ticket: ticket) }
        groups[0].unread.append(HostedGroup.Question(body: .registry, ticket: ticket))
        touch(0)
    }

    mutating func touch(_ position: Int) {
        guard !groups[position].isTouched else { return }
        groups[position].isTouched = true
        touched.append(position)
    }

    /// A command that was not proposed goes to whoever leads the group now. One that nobody waits for is left: a new
    /// leader does of itself what there is to do.
    mutating func sendOn(_ proposal: HostedGroup.Proposal, at position: Int) {
        guard let ticket = proposal.ticket else { return }
        guard !ticket.isPassedOn else { return lose(proposal, .noLeader) }
        switch (proposal.body, groups[position].key) {
        case (.shard(let command), .shard(let shard)):
            call(.command(shard, command, admits: false), position: position, ticket: ticket)
        case (.registry(let command), _): call(command, ticket: ticket)
        case (.shard, .registry): preconditionFailure("a shard's command is not proposed to the registry")
        }
    }

    /// A question that was not answered goes to whoever leads the group now.
    mutating func sendOn(_ question: HostedGroup.Question, at position: Int) {
        guard !question.ticket.isPassedOn else { return lose(question, .noLeader) }
        switch (question.body, groups[position].key) {
        case (.shard(let query), .shard(let shard)):
            call(.query(shard, query), position: position, ticket: question.ticket)
        default: call(.registry(entry: nil), position: position, ticket: question.ticket)
        }
    }

    private mutating func call(_ command: RegistryCommand, ticket: Ticket?) {
        guard let entry = try? RegistryEntry(stamp: now.wall, command: command).encoded() else {
            preconditionFailure("a registry command always has a form")
        }
        call(.registry(entry: entry), position: 0, ticket: ticket)
    }

    /// Tells whoever asked that its question or command is lost.
    mutating func lose(_ proposal: HostedGroup.Proposal, _ loss: Loss) {
        guard let ticket = proposal.ticket else { return }
        lose(ticket, in: proposal.body, loss)
    }

    private mutating func lose(_ ticket: Ticket, in body: HostedGroup.Proposal.Body, _ loss: Loss) {
        switch body {
        case .shard: events.append((ticket.conversation, .outcome(ticket.step, .failure(loss))))
        case .registry: events.append((ticket.conversation, .registry(ticket.step, .failure(loss))))
        }
    }

    mutating func lose(_ awaited: HostedGroup.Awaited, of key: GroupKey, _ loss: Loss) {
        guard let ticket = awaited.ticket else { return }
        let isRegistry = key == .registry
        events.append(
            (
                ticket.conversation,
                isRegistry ? .registry(ticket.step, .failure(loss)) : .outcome(ticket.step, .failure(loss))
            ))
    }

    mutating func lose(_ question: HostedGroup.Question, _ loss: Loss) {
        switch question.body {
        case .shard: events.append((question.ticket.conversation, .answer(question.ticket.step, .failure(loss))))
        case .registry: events.append((question.ticket.conversation, .registry(question.ticket.step, .failure(loss))))
        }
    }
}
