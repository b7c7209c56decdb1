import CheckClient
import Foundation
import Testing

@Suite("What goes over the wire")
struct CodingTests {
    @Test("times are RFC 3339 with milliseconds, and are read with or without them")
    func times() throws {
        let moment = try #require(JSONCoding.moment("2026-03-01T12:34:56.789Z"))
        #expect(JSONCoding.text(moment) == "2026-03-01T12:34:56.789Z")
        #expect(JSONCoding.moment("2026-03-01T12:34:56Z") != nil)
        #expect(JSONCoding.moment("yesterday") == nil)
        #expect(HTTPDate.moment("Sun, 06 Nov 1994 08:49:37 GMT") == JSONCoding.moment("1994-11-06T08:49:37Z"))
        #expect(HTTPDate.moment("today") == nil)
    }

    @Test("a time that was read is written as it was", arguments: [0, 1, 9, 99, 135, 501, 650, 999])
    func sameTime(milliseconds: Int) throws {
        let digits = String(1000 + milliseconds).dropFirst()
        let text = "2026-11-27T21:23:38.\(digits)Z"
        #expect(JSONCoding.text(try #require(JSONCoding.moment(text))) == text)
    }

    @Test("what is left out of a body is not written as null")
    func leftOut() throws {
        let body = try JSONCoding.encode(CheckResult(screenName: "a", verdict: .nonDM))
        #expect(String(decoding: body, as: UTF8.self) == #"{"screenName":"a","verdict":"non_dm"}"#)
    }

    @Test(
        "a marking says whom it is about in one of three ways",
        arguments: [
            (UserSelection.names(["a", "b"]), #"{"users":["a","b"]}"#), (.unmarked, #"{"users":"unmarked"}"#),
            (.olderThan(seconds: 60), #"{"olderThanSeconds":60}"#),
        ])
    func marking(selection: UserSelection, text: String) throws {
        #expect(String(decoding: try JSONCoding.encode(Marking(selection: selection)), as: UTF8.self) == text)
    }

    @Test("an answer printed again has every field, known or not")
    func verbatim() throws {
        let text =
            #"{"added":1,"existing":0,"invalid":[],"invalidCount":0,"marked":0,"new":{"id":"9223372036854775808"}}"#
        let outcome = try JSONCoding.decode(Verbatim<ImportOutcome>.self, from: text.utf8)
        #expect(outcome.value.added == 1)
        #expect(String(decoding: try JSONCoding.encode(outcome.json), as: UTF8.self) == text)
    }

    @Test("a path's parts are escaped, so that a name cannot reach another path")
    func escaping() {
        #expect(Call.user("a/../b c").target == "/v1/users/a%2F..%2Fb%20c")
    }

    @Test("an event keeps what depends on its kind")
    func event() throws {
        let text = #"{"at":"2026-03-01T12:34:56.789Z","kind":"leased","client":"7","attempt":2}"#
        let event = try JSONCoding.decode(Event.self, from: text.utf8)
        #expect(event.kind == "leased")
        #expect(event.fields == ["client": .string("7"), "attempt": .integer(2)])
    }

    @Test(
        "base URLs are checked before anything is sent",
        arguments: ["", "127.0.0.1:7480", "ftp://a", "https://a/path", "https://", "https://a?b"])
    func badURL(text: String) {
        #expect(throws: ClientError.self) { try NodeAddress.list([text]) }
    }

    @Test("several base URLs come in one text or in several")
    func severalURLs() throws {
        let nodes = try NodeAddress.list(["https://a:1,https://b:2/", "https://a:1"])
        #expect(nodes.map(\.description) == ["https://a:1", "https://b:2"])
    }

    @Test("a token file is read with its newline, and refused when it is something else")
    func token() throws {
        #expect(try Credential(token: "op-root.abc\n") == Credential(id: "op-root", secret: "abc"))
        for text in ["", "abc", ".abc", "a.b.c", "a.b c"] {
            #expect(throws: ClientError.self) { try Credential(token: text) }
        }
    }

    @Test("a cluster is read as the interface writes it")
    func cluster() throws {
        let text = """
            {"id":"c1","version":7,"stateVersion":1,"members":[{"name":"n1","id":"00ff","http":"127.0.0.1:7480",
            "peer":"127.0.0.1:7481","state":"active","health":"alive","zone":"","weight":1,"shards":1,"leaders":1,
            "clockOffsetSeconds":0.0}],"shards":[{"id":"0","leader":null,"term":3,"replicas":[{"node":"n1",
            "role":"voter","applied":12}],"target":["n1"]}],"ring":{"version":7},"balanced":true,"healthy":true,
            "underReplicated":0}
            """
        let cluster = try JSONCoding.decode(Cluster.self, from: text.utf8)
        #expect(cluster.members.first?.health == "alive")
        #expect(cluster.shards.first?.leader == nil)
        #expect(cluster.shards.first?.replicas.first?.applied == 12)
    }

    @Test("a service's settings are its whole numbers")
    func service() throws {
        let text = #"{"name":"dmcheck","schema":"verdict","state":"active","bucketSize":180,"leaseSeconds":1200}"#
        let service = try JSONCoding.decode(Service.self, from: text.utf8)
        #expect(service.settings == ["bucketSize": 180, "leaseSeconds": 1200])
    }
}
