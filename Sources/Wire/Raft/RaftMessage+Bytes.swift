import Consensus

/// Sender, addressee, term, kind of the body, body.
extension Message: BinaryCodable {
    private static let headerByteCount = 8 + 8 + 8 + 1

    package var encodedByteCount: Int { Self.headerByteCount + body.encodedByteCount }

    package func encode(into output: inout OutputRawSpan) {
        output.put(from.rawValue)
        output.put(to.rawValue)
        output.put(term.rawValue)
        body.encode(into: &output)
    }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        let from = ReplicaID(try input.take(UInt64.self))
        let to = ReplicaID(try input.take(UInt64.self))
        let term = Term(try input.takeCounter())
        self.init(from: from, to: to, term: term, body: try Body(decoding: &input))
    }
}

extension Message.Body {
    private enum Kind: UInt8 {
        case preVoteRequest = 1
        case preVoteGranted
        case preVoteRefused
        case voteRequest
        case voteGranted
        case voteRefused
        case append
        case appendAccepted
        case appendRejected
        case heartbeat
        case heartbeatAnswer
        case superseded
        case campaignNow
        case snapshot
    }

    private var kind: Kind {
        switch self {
        case .preVoteRequest: .preVoteRequest
        case .preVote(let granted, _): granted ? .preVoteGranted : .preVoteRefused
        case .voteRequest: .voteRequest
        case .vote(let granted, _): granted ? .voteGranted : .voteRefused
        case .append: .append
        case .appendAccepted: .appendAccepted
        case .appendRejected: .appendRejected
        case .heartbeat: .heartbeat
        case .heartbeatAnswer: .heartbeatAnswer
        case .superseded: .superseded
        case .campaignNow: .campaignNow
        case .snapshot: .snapshot
        }
    }

    /// Without the kind, which is the header's.
    fileprivate var encodedByteCount: Int {
        switch self {
        case .preVoteRequest(let request), .voteRequest(let request): request.encodedByteCount
        case .preVote, .vote: LogMark.byteCount
        case .append(let append): append.encodedByteCount
        case .appendAccepted, .heartbeatAnswer: 8
        case .appendRejected(let rejection): rejection.encodedByteCount
        case .heartbeat: 8 + 8
        case .superseded, .campaignNow: 0
        case .snapshot(let snapshot): snapshot.encodedByteCount
        }
    }

    fileprivate func encode(into output: inout OutputRawSpan) {
        output.put(kind.rawValue)
        switch self {
        case .preVoteRequest(let request), .voteRequest(let request): request.encode(into: &output)
        case .preVote(_, let commit), .vote(_, let commit): commit.encode(into: &output)
        case .append(let append): append.encode(into: &output)
        case .appendAccepted(let through): output.put(through.rawValue)
        case .appendRejected(let rejection): rejection.encode(into: &output)
        case .heartbeat(let commit, let round):
            output.put(commit.rawValue)
            output.put(round)
        case .heartbeatAnswer(let round): output.put(round)
        case .superseded, .campaignNow: break
        case .snapshot(let snapshot): snapshot.encode(into: &output)
        }
    }

    fileprivate init(decoding input: inout RawSpan) throws(FormatError) {
        switch try input.takeKind(Kind.self) {
        case .preVoteRequest: self = .preVoteRequest(try Message.VoteRequest(decoding: &input))
        case .preVoteGranted: self = .preVote(granted: true, commit: try LogMark(decoding: &input))
        case .preVoteRefused: self = .preVote(granted: false, commit: try LogMark(decoding: &input))
        case .voteRequest: self = .voteRequest(try Message.VoteRequest(decoding: &input))
        case .voteGranted: self = .vote(granted: true, commit: try LogMark(decoding: &input))
        case .voteRefused: self = .vote(granted: false, commit: try LogMark(decoding: &input))
        case .append: self = .append(try Message.Append(decoding: &input))
        case .appendAccepted: self = .appendAccepted(through: LogIndex(try input.takeCounter()))
        case .appendRejected: self = .appendRejected(try Message.AppendRejection(decoding: &input))
        case .heartbeat:
            let commit = LogIndex(try input.takeCounter())
            self = .heartbeat(commit: commit, round: try input.takeCounter())
        case .heartbeatAnswer: self = .heartbeatAnswer(round: try input.takeCounter())
        case .superseded: self = .superseded
        case .campaignNow: self = .campaignNow
        case .snapshot: self = .snapshot(try Snapshot(decoding: &input))
        }
    }
}
