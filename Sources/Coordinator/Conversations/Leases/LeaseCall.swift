import Checks
import HashRing

/// A call on one lease, which goes to the lease's own shard: show, renew, report, give back.
///
/// The shard knows the holder's secret only. A call on another client's lease is answered after the caller was
/// authenticated at its own home, and counted there; so is a call on a lease that is gone, unless it once was the
/// caller's.
struct LeaseCall: Conversation {
    enum Kind: Sendable {
        case show, renew, giveBack
        case report([ReportedResult], release: Bool)
    }

    private enum State: Sendable {
        case calling
        /// The caller says it is somebody: is it?
        case authenticating(CheckRefusal)
        /// The lease is gone; was it ever this client's?
        case remembering
        case counting(Refusal)
        /// Nothing new was taken: an ended lease still knows its holder's secret when the holder is long unregistered.
        case confirming(ReportReceipt)
    }

    let request: RequestID
    let client: ClientID
    let secret: SecretHash
    let lease: LeaseID
    let kind: Kind
    private var state = State.calling

    init(request: RequestID, client: ClientID, secret: SecretHash, lease: LeaseID, kind: Kind) {
        self.request = request
        self.client = client
        self.secret = secret
        self.lease = lease
        self.kind = kind
    }

    var delivery: DeliveryOutcome {
        if case .show = kind { .notApplied } else { .unknown }
    }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch (state, event) {
        case (_, .begin): call(in: &node)
        case (.calling, .outcome(_, .success(let outcome))): return called(outcome, in: &node)
        case (.calling, .answer(_, .success(let result))): return shown(result, in: &node)
        case (.authenticating(let refusal), .answer(_, .success(.authenticated))):
            return authenticated(refusal, in: &node)
        case (.confirming(let receipt), .answer(_, .success(.authenticated))):
            node.reply(request, .reported(receipt))
            return .finished
        case (.authenticating, .answer(_, .success)), (.confirming, .answer(_, .success)):
            node.refuse(request, .unauthenticated)
            return .finished
        case (.remembering, .answer(_, .success(.lease))):
            node.touch(client)
            node.refuse(request, .leaseGone)
            return .finished
        case (.remembering, .answer(_, .success)): return count(.unknownBucket, .leaseGone, in: &node)
        case (.counting(let refusal), .outcome(_, .success)):
            node.refuse(request, refusal)
            return .finished
        case (.confirming, .answer(_, .failure(let loss))):
            // What the report did is committed, a release of the rest included: only who sent it is not known.
            node.refuse(request, Loss(reason: loss.reason, outcome: .unknown))
            return .finished
        case (_, .outcome(_, .failure(let loss))), (_, .answer(_, .failure(let loss))):
            node.refuse(request, loss)
            return .finished
        default: break
        }
        return .goesOn
    }

    private func call(in node: inout NodeState) {
        switch kind {
        case .show: node.ask(.lease(lease, client, secret), of: lease.shard, step: 0)
        case .renew: node.admit(.renew(lease, client, secret), to: lease.shard, step: 0)
        case .giveBack: node.admit(.giveBack(lease, client, secret), to: lease.shard, step: 0)
        case .report(let rows, let release):
            node.admit(.report(lease, client, secret, rows: rows, release: release), to: lease.shard, step: 0)
            if node.faults.contains(.answerBeforeCommit) {
                var receipt = ReportReceipt()
                receipt.accepted = rows.count
                receipt.state = .done
                node.reply(request, .reported(receipt))
            }
        }
    }

    private mutating func called(_ outcome: Outcome, in node: inout NodeState) -> Progress {
        switch outcome {
        case .refused(let refusal): return refused(refusal, in: &node)
        case .renewed(let deadline):
            node.noteRenewal(lease, deadline: deadline)
            node.touch(client)
            node.reply(request, .renewed(deadline: deadline))
        case .reported(let receipt):
            guard receipt.accepted == 0 else {
                node.reply(request, .reported(receipt))
                return .finished
            }
            state = .confirming(receipt)
            node.ask(.authenticate(client, secret), of: node.home(of: client), step: 0)
            return .goesOn
        case .done: node.reply(request, .done)
        default: node.refuse(request, .strangeAnswer)
        }
        return .finished
    }

    private mutating func shown(_ result: QueryResult, in node: inout NodeState) -> Progress {
        switch result {
        case .refused(let refusal): return refused(refusal, in: &node)
        case .lease(let record):
            node.touch(client)
            node.reply(request, .lease(record))
        default: node.refuse(request, .strangeAnswer)
        }
        return .finished
    }

    private mutating func refused(_ refusal: CheckRefusal, in node: inout NodeState) -> Progress {
        switch refusal {
        case .notYours, .leaseGone:
            state = .authenticating(refusal)
            node.ask(.authenticate(client, secret), of: node.home(of: client), step: 0)
            return .goesOn
        default:
            node.refuse(request, Refusal(refusal))
            return .finished
        }
    }

    private mutating func authenticated(_ refusal: CheckRefusal, in node: inout NodeState) -> Progress {
        if refusal == .notYours { return count(.notOwnBucket, .leaseNotYours, in: &node) }
        state = .remembering
        node.ask(.leaseAsGranted(lease, client), of: lease.shard, step: 0)
        return .goesOn
    }

    private mutating func count(_ fault: ClientFault, _ refusal: Refusal, in node: inout NodeState) -> Progress {
        let counted = Command.fault(client, fault, count: 1, lease: lease)
        if node.readsStale {
            // Whoever takes an old answer does not wait for a leader.
            node.propose(counted, to: node.home(of: client))
            node.refuse(request, refusal)
            return .finished
        }
        state = .counting(refusal)
        node.propose(counted, to: node.home(of: client), step: 0)
        return .goesOn
    }
}
