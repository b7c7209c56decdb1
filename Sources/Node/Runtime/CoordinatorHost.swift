import Checks
import Consensus
import Coordinator
import HashRing
import Logging
import ShardStore

/// Feeds the coordinator: the only place where it is touched.
///
/// Whatever happens to the node comes through one mailbox; a burst is handled as a whole, its effects carried out in order.
/// Nothing is decided here.
package actor CoordinatorHost: RequestPerforming {
    typealias Answer = Performed

    enum Message: Sendable {
        case input(Input)
        case request(RequestID, Request, isForwarded: Bool, CheckedContinuation<Answer, Never>)
        case abandoned(RequestID)
    }

    private nonisolated let mailbox = Mailbox<Message>()
    private nonisolated let requests = RequestCounter()
    private let clock: any NodeClock
    private let log: LogWriter
    private let appliers: [ShardID: ShardApplier]
    private let observer: RuntimeObserver
    private let folder: DataFolder
    private let network: ClusterNetwork
    private var coordinator: Coordinator
    private var random = SystemRandomNumberGenerator()
    private var waiting: [RequestID: CheckedContinuation<Answer, Never>] = [:]
    private var alarm: (deadline: Duration, task: Task<Void, Never>)?
    private var handedOver: [CheckedContinuation<Void, Never>] = []
    private var isHandedOver = false
    private var drained: [CheckedContinuation<Void, Never>] = []
    private var isDrained = false

    init(
        restored: RestoredNode, clock: any NodeClock, log: LogWriter, appliers: [ShardID: ShardApplier],
        folder: DataFolder, network: ClusterNetwork, observer: RuntimeObserver, faults: PlantedFaults
    ) {
        self.folder = folder
        self.network = network
        self.clock = clock
        self.log = log
        self.appliers = appliers
        self.observer = observer
        coordinator = Coordinator(restored, faults: faults, now: clock.now(), using: &random)
    }

    /// Takes office: the first effects, then whatever comes.
    func start() {
        carryOut(coordinator.start(now: clock.now(), using: &random))
        arm()
    }

    // MARK: Requests

    package nonisolated func perform(_ request: Request) async -> Performed {
        await perform(request, isPassedOn: false)
    }

    nonisolated func perform(_ request: Request, isPassedOn: Bool) async -> Performed {
        let id = requests.next()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                deliver(.request(id, request, isForwarded: isPassedOn, continuation))
                // An end that came before its request was of no request that anybody knew.
                if Task.isCancelled { deliver(.abandoned(id)) }
            }
        } onCancel: {
            deliver(.abandoned(id))
        }
    }

    /// Hands in what happened elsewhere in the node.
    nonisolated func post(_ input: Input) { deliver(.input(input)) }

    /// Whether this node leads the shard and has taken up what was left.
    func serves(_ shard: ShardID) -> Bool { coordinator.serves(shard) }

    /// Hands leadership over and returns when others lead, or when that has taken too long; everything is served meanwhile.
    func handOver() async {
        if isHandedOver { return }
        deliver(.input(.handOver))
        await withCheckedContinuation { handedOver.append($0) }
    }

    /// Refuses what is new and returns when everything under way is answered.
    func drain() async {
        if isDrained { return }
        deliver(.input(.drain))
        await withCheckedContinuation { drained.append($0) }
    }

    private nonisolated func deliver(_ message: Message) {
        if mailbox.put(message) { Task { await self.work() } }
    }

    // MARK: The loop

    private func work() {
        while true {
            let messages = mailbox.takeAll()
            if messages.isEmpty { break }
            observer.burst(messages.count)
            var inputs: [Input] = []
            inputs.reserveCapacity(messages.count)
            for message in messages {
                switch message {
                case .input(let input): inputs.append(input)
                case .request(let id, let request, let isForwarded, let continuation):
                    waiting[id] = continuation
                    inputs.append(isForwarded ? .forwarded(id, request) : .request(id, request))
                case .abandoned(let id): inputs.append(.abandoned(id))
                }
            }
            carryOut(coordinator.handle(inputs, now: clock.now(), using: &random))
        }
        arm()
    }

    private func carryOut(_ effects: [Effect]) {
        var writes: [LogWriter.Job] = []
        for effect in effects {
            switch effect {
            case .persist(let ticket, let write): writes.append(.write(ticket, write))
            case .compact(let group, let index, let configuration):
                writes.append(.compact(group, through: index, configuration))
            case .apply(let shard, let entries): appliers[shard]?.put(.apply(entries))
            case .query(let id, let shard, let query):
                if let applier = appliers[shard] {
                    applier.put(.query(id, query))
                } else {
                    post(.answered(id, nil))
                }
            case .reply(let id, let answer): waiting.removeValue(forKey: id)?.resume(returning: .answered(answer))
            case .redirect(let id, let node):
                waiting.removeValue(forKey: id)?.resume(returning: .elsewhere(node.description))
            case .settingsChanged(let settings): observer.settingsChanged(settings)
            case .alarm(let alarm):
                observer.raise(alarm)
                if case .forgotten(let group, let index) = alarm { observer.fail(lossOf(group, through: index)) }
            case .handedOver:
                isHandedOver = true
                for continuation in handedOver { continuation.resume() }
                handedOver = []
            case .drained:
                isDrained = true
                for continuation in drained { continuation.resume() }
                drained = []
            case .send, .datagram, .peers, .registryChanged, .silent: network.carryOut(effect)
            case .openShard(let shard, let generation): appliers[shard]?.put(.open(generation: generation))
            case .dropShard(let shard): appliers[shard]?.put(.drop)
            case .takeSnapshot(let transfer, let shard):
                appliers[shard]?.put(.snapshot(transfer, into: folder.outgoing(transfer)))
            case .sendSnapshot(let transfer, let node, let header): send(transfer, to: node, header)
            case .dropSnapshot(let transfer): PrivateFile.remove(folder.outgoing(transfer))
            case .discardReceived(let path): PrivateFile.remove(path)
            }
        }
        log.put(writes)
    }

    private func lossOf(_ group: GroupKey, through index: LogIndex) -> StoreError {
        let whose = if case .shard(let shard) = group { "shard \(shard)" } else { "the registry" }
        return .corrupt(
            file: folder.log,
            detail: "it lacks entries of \(whose), up to number \(index), which it had confirmed to have")
    }

    private func send(_ transfer: TransferID, to node: NodeID, _ header: SnapshotHeader) {
        let path = folder.outgoing(transfer)
        let (name, bytes) = (node.description, header.encoded())
        Task { [network] in
            let isReceived = await network.send(path, header: bytes, to: name)
            PrivateFile.remove(path)
            post(.snapshotSent(transfer, isReceived))
        }
    }

    /// Makes sure that a tick comes when the coordinator next wants one; an idle node has none.
    private func arm() {
        guard let deadline = coordinator.nextDeadline else { return }
        if let alarm, alarm.deadline <= deadline { return }
        alarm?.task.cancel()
        let clock = clock
        let task = Task { [weak self] in
            guard (try? await clock.sleep(until: deadline)) != nil else { return }
            await self?.wake(at: deadline)
        }
        alarm = (deadline, task)
    }

    private func wake(at deadline: Duration) {
        if alarm?.deadline == deadline { alarm = nil }
        deliver(.input(.tick))
    }
}
