extension Scenario {
    /// One node, which crashes now and then.
    package static var oneNode: Scenario {
        var scenario = Scenario()
        scenario.habits.crash = 1
        scenario.habits.pause = 3_000...12_000
        return scenario
    }

    /// Three nodes, and nothing bad happens.
    package static var quiet: Scenario {
        var scenario = Scenario()
        scenario.nodes = 3
        scenario.length = .seconds(30)
        return scenario
    }

    /// Three nodes of which any, most or all crash.
    package static var crashes: Scenario {
        var scenario = Scenario()
        scenario.nodes = 3
        scenario.length = .seconds(40)
        scenario.habits.crash = 8
        scenario.habits.crashOfMajority = 2
        scenario.habits.crashOfAll = 1
        scenario.habits.slowDisk = 2
        return scenario
    }

    /// Three nodes that do not always hear each other, or stand still.
    package static var partitions: Scenario {
        var scenario = Scenario()
        scenario.nodes = 3
        scenario.length = .seconds(40)
        scenario.habits.partition = 4
        scenario.habits.standstill = 2
        scenario.habits.datagramLoss = 1
        return scenario
    }

    /// Three nodes, of which the one that leads most ends, stands still or is not heard, again and again.
    package static var leaders: Scenario {
        var scenario = Scenario()
        scenario.nodes = 3
        scenario.length = .seconds(40)
        scenario.habits.crashOfLeader = 2
        scenario.habits.standstillOfLeader = 2
        scenario.habits.isolationOfLeader = 3
        return scenario
    }

    /// Volunteers that leave and come back all the time, while nodes are cut off for as long as it takes others to lead what
    /// they led, and are heard again soon.
    package static var comingsAndGoings: Scenario {
        var scenario = Scenario.partitions
        scenario.length = .seconds(30)
        scenario.settling = .seconds(60)
        scenario.volunteers = 10
        scenario.unregisterOneIn = 8
        scenario.habits.pause = 300...1_500
        scenario.habits.partition = 6
        scenario.habits.crash = 1
        return scenario
    }

    /// Three nodes whose clocks jump and drift.
    package static var clocks: Scenario {
        var scenario = Scenario()
        scenario.nodes = 3
        scenario.length = .seconds(40)
        scenario.habits.clockJump = 3
        scenario.habits.clockDrift = 1
        scenario.habits.crash = 1
        return scenario
    }

    /// Three nodes whose disks are full, fail, or damage files while a node is down, and are replaced then.
    package static var disks: Scenario {
        var scenario = Scenario()
        scenario.nodes = 3
        scenario.length = .seconds(60)
        scenario.habits.fullDisk = 3
        scenario.habits.writeError = 3
        scenario.habits.damage = 3
        scenario.habits.slowDisk = 1
        scenario.habits.crash = 1
        return scenario
    }

    /// Three nodes that hear each other late, out of order, or not at all because nobody lets one of them in.
    package static var links: Scenario {
        var scenario = Scenario()
        scenario.nodes = 3
        scenario.length = .seconds(40)
        scenario.habits.delay = 3
        scenario.habits.stall = 3
        scenario.habits.refusal = 3
        scenario.habits.datagramDisorder = 2
        scenario.habits.datagramLoss = 1
        scenario.habits.crash = 1
        return scenario
    }

    /// Volunteers that mean ill, and a client that asks too much, while nodes hang and crash.
    package static var misconduct: Scenario {
        var scenario = Scenario()
        scenario.nodes = 3
        scenario.length = .seconds(40)
        scenario.volunteers = 8
        scenario.habits.misconduct = 6
        scenario.habits.flood = 1
        scenario.habits.stutter = 1
        scenario.habits.crash = 2
        return scenario
    }

    /// Nodes come, go, are started again and replaced while the work goes on.
    package static var changes: Scenario {
        var scenario = Scenario()
        scenario.nodes = 3
        scenario.length = .seconds(60)
        scenario.changes = [.add, .add, .remove, .restart, .replace]
        return scenario
    }

    /// One of three nodes is off while two come and the two others go: it knows nobody who is there when it comes back.
    package static var absence: Scenario {
        var scenario = Scenario()
        scenario.nodes = 3
        scenario.length = .seconds(30)
        scenario.changes = [.switchOff, .add, .add, .add, .removeOldest, .removeOldest, .switchOn]
        return scenario
    }

    /// All of it at once.
    package static var everything: Scenario {
        var scenario = Scenario()
        scenario.nodes = 3
        scenario.length = .seconds(60)
        scenario.changes = [.add, .restart, .remove, .add, .replace, .restartAll]
        scenario.passesBytes = true
        scenario.habits.crash = 4
        scenario.habits.crashOfLeader = 2
        scenario.habits.crashOfMajority = 1
        scenario.habits.crashOfAll = 1
        scenario.habits.standstill = 1
        scenario.habits.standstillOfLeader = 1
        scenario.habits.stutter = 1
        scenario.habits.partition = 3
        scenario.habits.isolationOfLeader = 2
        scenario.habits.delay = 1
        scenario.habits.stall = 1
        scenario.habits.refusal = 1
        scenario.habits.datagramLoss = 1
        scenario.habits.datagramDisorder = 1
        scenario.habits.slowDisk = 1
        scenario.habits.fullDisk = 1
        scenario.habits.writeError = 1
        scenario.habits.damage = 1
        scenario.habits.clockJump = 1
        scenario.habits.clockDrift = 1
        scenario.habits.misconduct = 2
        scenario.habits.flood = 1
        return scenario
    }
}
