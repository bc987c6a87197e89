/** The embedded provider as an accepted issuer: claims of the national portal, assurance by the level of the account. */
export function demoIssuers(issuer: string): readonly unknown[] {
  return [
    {
      issuer,
      clientIds: ["motlan", "motlan-cli"],
      algorithms: ["ES256", "RS256"],
      claimMap: "dvcqg",
      nameOrder: "name",
      status: { active: { claim: "TrangThai", oneOf: ["HoatDong"] }, whenAbsent: "inactive" },
      assurance: [
        {
          id: "demo-level-2",
          when: [
            { claim: "loginIdp", oneOf: ["DEMO-BCA"] },
            { claim: "acr", oneOf: ["LoA2"] },
          ],
          grants: { level: "substantial", ial: 2, aal: 2, fal: 2, schemeLevel: 2 },
        },
        { id: "demo-other", when: [], grants: { level: "low", ial: 1, aal: 1, fal: 1, schemeLevel: 1 } },
      ],
      requiredAssurance: "substantial",
      // Seconds between the login and the signature; the login is asked to be fresh.
      maxAge: 300,
      clockSkew: 30,
      login: { clientId: "motlan", nativeClientId: "motlan-cli", name: "DEMO" },
    },
  ];
}
