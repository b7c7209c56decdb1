import Checks
import HashRing

/// One page of a listing: over all shards in their order, or of one shard.
struct ListingCall: Conversation {
    enum Kind: Sendable {
        case clients
        case users(UserFilter)
        case export(ServiceName)
        case activity(ClientID, from: Timestamp?, to: Timestamp?)
        case events(ScreenName)
    }

    let request: RequestID
    let kind: Kind
    let page: PageRequest
    private var cursor: ListingCursor?
    private var queries = 0
    private var clients: [ClientRecord] = []
    private var users: [UserListItem] = []
    private var rows: [ExportRow] = []
    private var records: [EventRecord] = []

    init(request: RequestID, kind: Kind, page: PageRequest) {
        self.request = request
        self.kind = kind
        self.page = page
    }

    var delivery: DeliveryOutcome { .notApplied }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin: return begin(in: &node)
        case .drained: askNext(in: &node)
        case .answer(_, .success(.clients(let part))):
            clients += part.items
            return step(part.next, in: &node)
        case .answer(_, .success(.users(let part))):
            users += part.items
            return step(part.next, in: &node)
        case .answer(_, .success(.export(let part))):
            rows += part.items
            return step(part.next, in: &node)
        case .answer(_, .success(.activity(let part))), .answer(_, .success(.events(let part))):
            records += part.items
            return step(part.next, in: &node)
        case .answer(_, .success(.refused(let refusal))):
            node.refuse(request, Refusal(refusal))
            return .finished
        case .answer(_, .success):
            node.refuse(request, .strangeAnswer)
            return .finished
        case .answer(_, .failure(let loss)):
            node.refuse(request, loss)
            return .finished
        default: break
        }
        return .goesOn
    }

    /// The one shard that is listed; `nil`: all.
    private func onlyShard(in node: NodeState) -> ShardID? {
        switch kind {
        case .clients, .users, .export: nil
        case .activity(let client, _, _): node.home(of: client)
        case .events(let name): node.shard(of: name)
        }
    }

    private var cursorKind: ListingCursor.Kind {
        switch kind {
        case .clients: .clients
        case .users: .users
        case .export: .export
        case .activity: .activity
        case .events: .events
        }
    }

    private mutating func begin(in node: inout NodeState) -> Progress {
        let only = onlyShard(in: node)
        if let bytes = page.cursor {
            cursor = ListingCursor(bytes, of: cursorKind, shards: node.shards.count)
            guard let cursor, only == nil || only == cursor.shard else {
                node.refuse(request, .invalidRequest(field: "cursor", detail: "not a cursor of this listing"))
                return .finished
            }
        } else {
            cursor = ListingCursor(shard: only ?? node.shards[0], after: nil)
            if case .export = kind { node.noteAllShards() }
        }
        if case .activity(let client, _, _) = kind {
            node.drain(toward: node.home(of: client))
        } else {
            askNext(in: &node)
        }
        return .goesOn
    }

    private var count: Int { clients.count + users.count + rows.count + records.count }

    private mutating func askNext(in node: inout NodeState) {
        guard let cursor else { return }
        queries += 1
        let part = Page(after: cursor.after, limit: page.limit - count)
        let query: Query =
            switch kind {
            case .clients: .clients(part)
            case .users(let filter): .users(filter, part)
            case .export(let service): .export(service, part)
            case .activity(let client, let from, let to): .activity(client, from: from, to: to, part)
            case .events(let name): .events(name, part)
            }
        node.ask(query, of: cursor.shard, step: 0)
    }

    private mutating func step(_ next: [UInt8]?, in node: inout NodeState) -> Progress {
        guard let shard = cursor?.shard else { return .finished }
        if let next {
            cursor = ListingCursor(shard: shard, after: next)
        } else if onlyShard(in: node) == nil, shard.index + 1 < node.shards.count {
            cursor = ListingCursor(shard: node.shards[shard.index + 1], after: nil)
        } else {
            cursor = nil
        }
        guard cursor != nil, count < page.limit, queries < Limits.queriesPerPage else { return finish(in: &node) }
        askNext(in: &node)
        return .goesOn
    }

    private func finish(in node: inout NodeState) -> Progress {
        let next = cursor?.bytes(of: cursorKind)
        let response: Response =
            switch kind {
            case .clients: .clients(Listing(items: clients, next: next))
            case .users: .users(Listing(items: users, next: next))
            case .export: .export(Listing(items: rows, next: next))
            case .activity, .events: .events(Listing(items: records, next: next))
            }
        node.reply(request, response)
        return .finished
    }
}
