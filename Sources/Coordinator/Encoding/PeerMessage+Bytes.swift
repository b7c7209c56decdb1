import Checks
import Consensus
import HashRing
import Membership
import Wire

extension PeerMessage {
    private enum Kind: UInt8 { case raft = 1, registrySnapshot, call, answer, leading, pushPull, registry }

    /// The message as a frame carries it.
    package func encoded() -> [UInt8] {
        var writer = FrameWriter()
        switch self {
        case .raft(let messages):
            writer.put(Kind.raft.rawValue)
            writer.putRest(messages.map { Wire.GroupMessage(group: $0.group.number, message: $0.message) }.bytes())
        case .registrySnapshot(let message, let image):
            writer.put(Kind.registrySnapshot.rawValue)
            writer.putCounted(message.bytes())
            writer.putRest(image)
        case .call(let id, let body):
            writer.put(Kind.call.rawValue)
            writer.put(id.rawValue)
            body.encode(into: &writer)
        case .answer(let id, let answer):
            writer.put(Kind.answer.rawValue)
            writer.put(id.rawValue)
            answer.encode(into: &writer)
        case .leading(let announcement):
            writer.put(Kind.leading.rawValue)
            announcement.encode(into: &writer)
        case .pushPull(let part):
            writer.put(Kind.pushPull.rawValue)
            writer.putRest(part.bytes())
        case .registry(let image):
            writer.put(Kind.registry.rawValue)
            writer.putRest(image)
        }
        return writer.bytes
    }

    /// Reads a frame.
    package init(encoded bytes: [UInt8]) throws(FrameError) {
        var reader = FrameReader(bytes)
        guard let kind = Kind(rawValue: try reader.take(UInt8.self)) else { throw FrameError(what: "a kind") }
        switch kind {
        case .raft: self = .raft(try Self.groupMessages(reader.takeRest()))
        case .registrySnapshot:
            let message = try Self.message(try reader.takeCounted())
            self = .registrySnapshot(message, image: reader.takeRest())
        case .call:
            let id = CallID(rawValue: try reader.take(UInt64.self))
            self = .call(id, try CallBody(&reader))
        case .answer:
            let id = CallID(rawValue: try reader.take(UInt64.self))
            self = .answer(id, try CallAnswer(&reader))
        case .leading: self = .leading(try Announcement(&reader))
        case .pushPull:
            do { self = .pushPull(try PushPull(bytes: reader.takeRest())) } catch {
                throw FrameError(what: "a comparison of views: \(error)")
            }
        case .registry: self = .registry(image: reader.takeRest())
        }
        try reader.finish()
    }

    private static func groupMessages(_ bytes: [UInt8]) throws(FrameError) -> [GroupMessage] {
        let read: [Wire.GroupMessage]
        do { read = try [Wire.GroupMessage](bytes: bytes) } catch { throw FrameError(what: "consensus: \(error)") }
        var messages: [GroupMessage] = []
        messages.reserveCapacity(read.count)
        for message in read {
            guard let group = GroupKey(number: UInt32(message.group)) else { throw FrameError(what: "a group") }
            messages.append(GroupMessage(group: group, message: message.message))
        }
        return messages
    }

    static func message(_ bytes: [UInt8]) throws(FrameError) -> Consensus.Message {
        do { return try Consensus.Message(bytes: bytes) } catch { throw FrameError(what: "consensus: \(error)") }
    }
}

extension SnapshotHeader {
    /// The header as it is sent ahead of the file.
    package func encoded() -> [UInt8] {
        var writer = FrameWriter()
        writer.put(shard.rawValue)
        writer.putRest(message.bytes())
        return writer.bytes
    }

    /// Reads a header.
    package init(encoded bytes: [UInt8]) throws(FrameError) {
        var reader = FrameReader(bytes)
        shard = try reader.takeShard()
        message = try PeerMessage.message(reader.takeRest())
    }
}

extension FrameReader {
    mutating func takeShard() throws(FrameError) -> ShardID {
        guard let shard = ShardID(rawValue: try take(UInt16.self)) else { throw FrameError(what: "a shard") }
        return shard
    }
}

extension Announcement {
    fileprivate func encode(into writer: inout FrameWriter) {
        writer.put(wall.milliseconds)
        writer.put(UInt32(leads.count))
        for lead in leads {
            writer.put(lead.group.number)
            writer.put(lead.term)
            writer.put(lead.jobs)
            // No group has entries before anything is committed in it: 0 stands for none.
            writer.put(lead.confirmed?.index ?? 0)
            writer.put(lead.confirmed?.at.milliseconds ?? 0)
            writer.putCounted(lead.ready.encoded())
        }
    }

    fileprivate init(_ reader: inout FrameReader) throws(FrameError) {
        wall = Timestamp(milliseconds: try reader.take(Int64.self))
        leads = []
        for _ in 0..<(try reader.takeCount(of: 31)) {
            guard let group = GroupKey(number: UInt32(try reader.take(UInt16.self))) else {
                throw FrameError(what: "a group")
            }
            let term = try reader.take(UInt64.self)
            let jobs = try reader.takeFlag()
            let index = try reader.take(UInt64.self)
            let at = Timestamp(milliseconds: try reader.take(Int64.self))
            let bytes = try reader.takeCounted()
            let ready: [ShardSummary.Readiness]
            do { ready = try [ShardSummary.Readiness](encoded: bytes) } catch { throw FrameError(what: "readiness") }
            let confirmed = index == 0 ? nil : Confirmation(index: index, at: at)
            leads.append(Lead(group: group, term: term, ready: ready, jobs: jobs, confirmed: confirmed))
        }
    }
}
