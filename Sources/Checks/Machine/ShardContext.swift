import HashRing
import ShardStore

/// What both roles of a shard share while an entry is applied: its time, its draw and the registry's configuration.
///
/// The shard's time is max over all stamps; nothing in apply reads a clock.
final class ShardContext {
    let shard: ShardID
    let connection: Connection
    /// None, but in tests.
    let faults: PlantedFaults
    /// The shard's time.
    private(set) var now: Timestamp
    /// The draw of the entry under way.
    private(set) var draw = Draw(rawValue: 0)
    private(set) var configuration: DomainConfiguration
    private var services: [ServiceName: Service] = [:]
    private var timeChanged = false

    private let save: Statement

    init(shard: ShardID, connection: Connection, faults: PlantedFaults) throws {
        self.shard = shard
        self.connection = connection
        self.faults = faults
        save = try connection.prepare(
            "INSERT INTO state(key, value) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = ?2")
        let load = try connection.prepare("SELECT value FROM state WHERE key = ?1")
        load.bind(1, "time")
        now = Timestamp(milliseconds: 0)
        if try load.next() {
            var reader = PackedReader(load.blob(0))
            now = reader.time()
            load.reset()
        }
        load.bind(1, "configuration")
        configuration = DomainConfiguration(version: 0, services: [], settings: ClusterSettings())
        if try load.next() {
            configuration = try DomainConfiguration(packed: load.blob(0))
            load.reset()
        }
        index()
    }

    private func index() {
        services = Dictionary(uniqueKeysWithValues: configuration.services.map { ($0.name, $0) })
    }

    /// Starts an entry.
    func begin(stamp: Timestamp, draw: Draw) {
        self.draw = draw
        if stamp > now {
            now = stamp
            timeChanged = true
        }
    }

    /// What apply chooses by where it is free to choose: the draw, and nothing that other replicas do not have.
    var choice: UInt64 {
        faults.contains(.localDraw) ? connection.statements : UInt64(truncatingIfNeeded: draw.rawValue)
    }

    /// Takes over a newer configuration; an older one changes nothing.
    func configure(_ newer: DomainConfiguration) throws {
        guard newer.version > configuration.version else { return }
        configuration = newer
        index()
        try store("configuration", newer.packed())
    }

    /// The service of that name, whatever its state.
    func service(_ name: ServiceName) -> Service? { services[name] }

    /// Writes one named row of the shard's small state.
    func store(_ key: String, _ value: [UInt8]) throws {
        save.bind(1, key)
        save.bind(2, value)
        try save.run()
    }

    /// Reads one named row of the shard's small state.
    func load(_ key: String) throws -> [UInt8]? {
        let load = try connection.prepare("SELECT value FROM state WHERE key = ?1")
        load.bind(1, key)
        return try load.next() ? load.blob(0) : nil
    }

    /// Writes what is only in memory.
    func flush() throws {
        guard timeChanged else { return }
        var writer = PackedWriter()
        writer.time(now)
        try store("time", writer.bytes)
        timeChanged = false
    }
}
