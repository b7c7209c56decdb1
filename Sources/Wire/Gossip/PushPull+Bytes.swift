import Membership

/// The sender's record, version of the registry, a kind, then its fields; rows to the end.
extension PushPull: BinaryCodable {
    fileprivate enum Kind: UInt8 {
        case offer = 1
        case agreement
        case state
    }

    package var encodedByteCount: Int {
        let header = sender.encodedByteCount + 8 + 1
        return switch content {
        case .offer: header + 8 + 1
        case .agreement: header
        case .state(let members, _): members.reduce(header + 1) { $0 + $1.encodedByteCount }
        }
    }

    package func encode(into output: inout OutputRawSpan) {
        sender.encode(into: &output)
        output.put(registryVersion)
        switch content {
        case .offer(let digest, let joining):
            output.put(Kind.offer.rawValue)
            output.put(digest.rawValue)
            output.put(joining ? 1 : 0 as UInt8)
        case .agreement: output.put(Kind.agreement.rawValue)
        case .state(let members, let wantsAnswer):
            output.put(Kind.state.rawValue)
            output.put(wantsAnswer ? 1 : 0 as UInt8)
            for member in members { member.encode(into: &output) }
        }
    }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        let sender = try MemberRecord(decoding: &input)
        let registryVersion = try input.take(UInt64.self)
        let content = try Content(decoding: &input, input.takeKind(Kind.self))
        do {
            try self.init(sender: sender, registryVersion: registryVersion, content: content)
        } catch {
            throw .refused(error)
        }
    }
}

extension PushPull.Content {
    fileprivate init(decoding input: inout RawSpan, _ kind: PushPull.Kind) throws(FormatError) {
        switch kind {
        case .offer:
            let digest = ViewDigest(rawValue: try input.take(UInt64.self))
            self = .offer(digest, joining: try input.takeBool())
        case .agreement: self = .agreement
        case .state:
            let wantsAnswer = try input.takeBool()
            var members: [Member] = []
            while !input.isEmpty {
                guard members.count < Limits.members else { throw .refused(.stateCount(members.count + 1)) }
                members.append(try Member(decoding: &input))
            }
            self = .state(members, wantsAnswer: wantsAnswer)
        }
    }
}
