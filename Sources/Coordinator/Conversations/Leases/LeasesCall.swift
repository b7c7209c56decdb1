import Checks
import HashRing

/// A client asks for its live leases: its home says which slots are open, and the leases' own shards, which alone know,
/// what lives of them. So a grant that its home has not committed yet is there, and a lease that ended is not.
struct LeasesCall: Conversation {
    let request: RequestID
    let client: ClientID
    let secret: SecretHash
    private var outstanding = 0
    private var found: [LeaseRecord] = []

    init(request: RequestID, client: ClientID, secret: SecretHash) {
        self.request = request
        self.client = client
        self.secret = secret
    }

    var delivery: DeliveryOutcome { .notApplied }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        let home = node.home(of: client)
        switch event {
        case .begin: node.ask(.authenticate(client, secret), of: home, step: 0)
        case .answer(_, .success(.authenticated)):
            node.touch(client)
            node.ask(.slots(client), of: home, step: 0)
        case .answer(_, .success(.slots(let slots))):
            for (shard, leases) in slots.map(\.lease).grouped(by: \.shard) {
                outstanding += 1
                node.ask(.leases(leases, client), of: shard, step: 0)
            }
            if outstanding == 0 { return finish(in: &node) }
        case .answer(_, .success(.leases(let leases))):
            outstanding -= 1
            found += leases
            if outstanding == 0 { return finish(in: &node) }
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

    private func finish(in node: inout NodeState) -> Progress {
        node.reply(request, .leases(found.sorted { ($0.grantedAt, $0.id) < ($1.grantedAt, $1.id) }))
        return .finished
    }
}
