import Checks
import Consensus
import HashRing
import Wire

extension CallBody {
    private enum Kind: UInt8 { case command = 1, query, registry, drain, report }

    func encode(into writer: inout FrameWriter) {
        switch self {
        case .command(let shard, let command, let admits):
            writer.put(Kind.command.rawValue)
            writer.put(shard.rawValue)
            writer.put(admits)
            writer.putRest(command.encoded())
        case .query(let shard, let query):
            writer.put(Kind.query.rawValue)
            writer.put(shard.rawValue)
            writer.putRest(query.encoded())
        case .registry(let entry):
            writer.put(Kind.registry.rawValue)
            writer.put(entry != nil)
            writer.putRest(entry ?? [])
        case .drain(let home):
            writer.put(Kind.drain.rawValue)
            writer.put(home.rawValue)
        case .report: writer.put(Kind.report.rawValue)
        }
    }

    init(_ reader: inout FrameReader) throws(FrameError) {
        guard let kind = Kind(rawValue: try reader.take(UInt8.self)) else { throw FrameError(what: "a call") }
        switch kind {
        case .command:
            let shard = try reader.takeShard()
            let admits = try reader.takeFlag()
            do { self = .command(shard, try Command(encoded: reader.takeRest()), admits: admits) } catch {
                throw FrameError(what: "a command")
            }
        case .query:
            let shard = try reader.takeShard()
            do { self = .query(shard, try Query(encoded: reader.takeRest())) } catch {
                throw FrameError(what: "a query")
            }
        case .registry: self = .registry(entry: try reader.takeFlag() ? reader.takeRest() : nil)
        case .drain: self = .drain(toward: try reader.takeShard())
        case .report: self = .report
        }
    }
}

extension CallAnswer {
    private enum Kind: UInt8 { case outcome = 1, found, registry, drained, report, lost, elsewhere }

    func encode(into writer: inout FrameWriter) {
        switch self {
        case .outcome(let outcome):
            writer.put(Kind.outcome.rawValue)
            writer.putRest(outcome.encoded())
        case .found(let result):
            writer.put(Kind.found.rawValue)
            writer.putRest(result.encoded())
        case .registry(let outcome, let version):
            writer.put(Kind.registry.rawValue)
            writer.put(version)
            outcome.encode(into: &writer)
        case .drained: writer.put(Kind.drained.rawValue)
        case .report(let report):
            writer.put(Kind.report.rawValue)
            report.encode(into: &writer)
        case .lost(let loss):
            writer.put(Kind.lost.rawValue)
            writer.put(loss.reason.rawValue)
            writer.put(loss.outcome.rawValue)
        case .elsewhere(let node):
            writer.put(Kind.elsewhere.rawValue)
            writer.put(node != nil)
            if let node { writer.put(node) }
        }
    }

    init(_ reader: inout FrameReader) throws(FrameError) {
        guard let kind = Kind(rawValue: try reader.take(UInt8.self)) else { throw FrameError(what: "an answer") }
        switch kind {
        case .outcome:
            do { self = .outcome(try Outcome(encoded: reader.takeRest())) } catch {
                throw FrameError(what: "an outcome")
            }
        case .found:
            do { self = .found(try QueryResult(encoded: reader.takeRest())) } catch {
                throw FrameError(what: "a result")
            }
        case .registry:
            let version = try reader.take(UInt64.self)
            self = .registry(try RegistryOutcome(&reader), version: version)
        case .drained: self = .drained
        case .report: self = .report(try NodeReport(&reader))
        case .lost:
            guard let reason = Loss.Reason(rawValue: try reader.takeText()),
                let outcome = DeliveryOutcome(rawValue: try reader.takeText())
            else { throw FrameError(what: "a loss") }
            self = .lost(Loss(reason: reason, outcome: outcome))
        case .elsewhere: self = .elsewhere(try reader.takeFlag() ? try reader.takeNode() : nil)
        }
    }
}

extension RegistryOutcome {
    private enum Kind: UInt8 { case done = 1, current, refused, service }

    fileprivate func encode(into writer: inout FrameWriter) {
        switch self {
        case .done: writer.put(Kind.done.rawValue)
        case .current: writer.put(Kind.current.rawValue)
        case .refused(let refusal):
            writer.put(Kind.refused.rawValue)
            writer.put(refusal.rawValue)
        case .service(let service, let created):
            writer.put(Kind.service.rawValue)
            writer.put(created)
            guard let bytes = try? service.wire.bytes() else { preconditionFailure("a service always has a form") }
            writer.putRest(bytes)
        }
    }

    fileprivate init(_ reader: inout FrameReader) throws(FrameError) {
        guard let kind = Kind(rawValue: try reader.take(UInt8.self)) else { throw FrameError(what: "an outcome") }
        switch kind {
        case .done: self = .done
        case .current: self = .current
        case .refused:
            guard let refusal = RegistryRefusal(rawValue: try reader.takeText()) else {
                throw FrameError(what: "a refusal")
            }
            self = .refused(refusal)
        case .service:
            let created = try reader.takeFlag()
            do { self = .service(try Service(WireRegistryService(bytes: reader.takeRest())), created: created) } catch {
                throw FrameError(what: "a service")
            }
        }
    }
}
