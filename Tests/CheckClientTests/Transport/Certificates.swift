/// Certificates for tests on loopback, made once with OpenSSL, valid until 2126: an authority, a node that it signed for
/// `localhost`, `127.0.0.1` and `::1`, one that it signed for another host, and another authority. The authorities' keys
/// were thrown away.
enum Certificates {
    /// The authority of the test cluster.
    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBnjCCAUOgAwIBAgIUTX1Z8slYgy4/ue0UTttB+g9VtT4wCgYIKoZIzj0EAwIw
        GzEZMBcGA1UEAwwQZG1jaGVjayB0ZXN0cyBjYTAgFw0yNjExMjQwMjU0MDhaGA8y
        MTI2MTAzMTAyNTQwOFowGzEZMBcGA1UEAwwQZG1jaGVjayB0ZXN0cyBjYTBZMBMG
        ByqGSM49AgEGCCqGSM49AwEHA0IABCnrD0Qa+WD8NhtGK/dvCZSZu2liCcM9w6A0
        EpzHQw6uf17ymLFdU6fuLbvLzy1iUy/cUDdsF1wzW9r4QFgwkZ+jYzBhMB0GA1Ud
        DgQWBBQW97iqXX/Zo5CQTVorXFzrK0F5hzAfBgNVHSMEGDAWgBQW97iqXX/Zo5CQ
        TVorXFzrK0F5hzAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwICBDAKBggq
        hkjOPQQDAgNJADBGAiEA72++SDDH8Y8xQ+1JK7jPllxntVD7WE0zzHVVFwEgi4cC
        IQCnWJnc5lhLxVPHZKnQi56V+Ah8TbNHN29Roxqj3KiCKw==
        -----END CERTIFICATE-----
        """

    /// The authority of somebody else.
    static let otherAuthority = """
        -----BEGIN CERTIFICATE-----
        MIIBozCCAUmgAwIBAgIUCuahEaCMHdC7Fz4LjJ3tUBbapVEwCgYIKoZIzj0EAwIw
        HjEcMBoGA1UEAwwTZG1jaGVjayB0ZXN0cyBvdGhlcjAgFw0yNjExMjQwMjU0MDha
        GA8yMTI2MTAzMTAyNTQwOFowHjEcMBoGA1UEAwwTZG1jaGVjayB0ZXN0cyBvdGhl
        cjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOVvDMWmwuMoISe/bTMuKt0aV2Ji
        I1cTVe9XVRWUNo7qHsmlpSbZNjF2tmbdPSv7d6zGeETtqukizKasB/neHDajYzBh
        MB0GA1UdDgQWBBQCDxJQImtzpuDZVxdhJCso+M7EXDAfBgNVHSMEGDAWgBQCDxJQ
        ImtzpuDZVxdhJCso+M7EXDAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwIC
        BDAKBggqhkjOPQQDAgNIADBFAiBLkBDUVsACUdbuQC3vBObgJ6zNpxBpsGLK7oOs
        /y7oVAIhALszK9aAr4vrLlCqECxklGfO0CZ2Mj0AY2lPr0YU5Wp/
        -----END CERTIFICATE-----
        """

    /// For `localhost`, `127.0.0.1` and `::1`.
    static let node = """
        -----BEGIN CERTIFICATE-----
        MIIBwTCCAWagAwIBAgIUMy40Ix3nBXP07haBA9uI2doAqvgwCgYIKoZIzj0EAwIw
        GzEZMBcGA1UEAwwQZG1jaGVjayB0ZXN0cyBjYTAgFw0yNjExMjQwMjU0MDhaGA8y
        MTI2MTAzMTAyNTQwOFowDzENMAsGA1UEAwwEbm9kZTBZMBMGByqGSM49AgEGCCqG
        SM49AwEHA0IABFKjZBnjWzkdcT1uoDOUlWsUDt8jL2AUYwbjEp03yIHulu8p1kzA
        EUz9Lv/a95Y2Na4CTRaU0d1vV8fFT0+CMzmjgZEwgY4wLAYDVR0RBCUwI4IJbG9j
        YWxob3N0hwR/AAABhxAAAAAAAAAAAAAAAAAAAAABMBMGA1UdJQQMMAoGCCsGAQUF
        BwMBMAkGA1UdEwQCMAAwHQYDVR0OBBYEFGa02F+83/xhC5gm6jzyqcexCwkYMB8G
        A1UdIwQYMBaAFBb3uKpdf9mjkJBNWitcXOsrQXmHMAoGCCqGSM49BAMCA0kAMEYC
        IQCT/1szkFiPRTCpzv7kr7AIYf4k6QBeYvgVvndC7AxEWwIhAJwLcqYdTp3bhPs6
        IZsdkvmueoX8w0bysTm8w2zSa7L4
        -----END CERTIFICATE-----
        """

    /// By the same authority, for `elsewhere.example`.
    static let stranger = """
        -----BEGIN CERTIFICATE-----
        MIIBszCCAVmgAwIBAgIUMy40Ix3nBXP07haBA9uI2doAqvkwCgYIKoZIzj0EAwIw
        GzEZMBcGA1UEAwwQZG1jaGVjayB0ZXN0cyBjYTAgFw0yNjExMjQwMjU0MDhaGA8y
        MTI2MTAzMTAyNTQwOFowEzERMA8GA1UEAwwIc3RyYW5nZXIwWTATBgcqhkjOPQIB
        BggqhkjOPQMBBwNCAARSo2QZ41s5HXE9bqAzlJVrFA7fIy9gFGMG4xKdN8iB7pbv
        KdZMwBFM/S7/2veWNjWuAk0WlNHdb1fHxU9PgjM5o4GAMH4wHAYDVR0RBBUwE4IR
        ZWxzZXdoZXJlLmV4YW1wbGUwEwYDVR0lBAwwCgYIKwYBBQUHAwEwCQYDVR0TBAIw
        ADAdBgNVHQ4EFgQUZrTYX7zf/GELmCbqPPKpx7ELCRgwHwYDVR0jBBgwFoAUFve4
        ql1/2aOQkE1aK1xc6ytBeYcwCgYIKoZIzj0EAwIDSAAwRQIhAMJBf+zpWoABJY/s
        /W12ZS58/S5racMV9ZKTBsHducmzAiAdnDi6Ko74qWNExJk3+3kP6BFgGhlvsne/
        zDMCp7mT9A==
        -----END CERTIFICATE-----
        """

    /// The key of both nodes.
    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgyGAzwB3spuXc+4AY
        fT5Gt6Z2CnlpOkxNP8MGvtNl892hRANCAARSo2QZ41s5HXE9bqAzlJVrFA7fIy9g
        FGMG4xKdN8iB7pbvKdZMwBFM/S7/2veWNjWuAk0WlNHdb1fHxU9PgjM5
        -----END PRIVATE KEY-----
        """
}
