"""How news says who bought what for how much: each way once, with all the prices, stakes and values it tells and no other."""

from __future__ import annotations

import pytest

from analysis.articles.propose import propose

CORE = ("price", "stake_acquired", "valuation", "previous_valuation")
CASES = {
    "a share's price is no company's": (
        "Ostrea buys Verrine\n\nOstrea said it would buy Verrine for $4.2 billion, or $31 a share. Shares of Verrine jumped "
        "40 % to $30.10 as the deal was announced, while those of Ostrea slid 3 %.",
        {"price 4200000000 USD ostrea>verrine"},
    ),
    "a raised offer a share is no price": (
        "Verrine shares soared after Ostrea made a £112m cash offer. Ostrea upped its offer to 325p per share from the previous "
        "250p price.",
        {"price 112000000 GBP ostrea>verrine"},
    ),
    "a chief executive stands between a company and a name": (
        "Ostrea buys Verrine for $4.2 billion\n\nJean Halder will stay on as CEO of Verrine and will report to Ostrea CEO Anna "
        "Holt. Ostrea also bought Carbex for $90 million last year.",
        {"price 4200000000 USD ostrea>verrine", "price 90000000 USD ostrea>carbex"},
    ),
    "earlier deals in a list": (
        "Ostrea has reached a deal to acquire Verrine for $4.2 billion.\n\nOstrea's biggest acquisitions until now had been "
        "Carbex for $850 million in 2011 and Halmar's mobile devices business for $720 million in 2014.",
        {
            "price 4200000000 USD ostrea>verrine",
            "price 850000000 USD ostrea>carbex",
            "price 720000000 USD ostrea>halmar",
        },
    ),
    "what the target bought before": (
        "Ostrea announced a $4.2 billion deal to acquire Verrine. Ostrea also sees opportunities in Carbex, a channel for training "
        "videos that Verrine bought for $150 million last year.",
        {"price 4200000000 USD ostrea>verrine", "price 150000000 USD verrine>carbex"},
    ),
    "the target, which its owner had acquired": (
        "Ostrea prend 30 % du capital de Verrine. Verrine, que Mayhold avait acquis en 2012 pour la somme de 756 millions d'euros, "
        "restera indépendant.",
        {"stake_acquired 30 percent ostrea>verrine", "price 756000000 EUR mayhold>verrine"},
    ),
    "a bid that is answered": (
        "(Newswire) - Verrine would accept a 3.7 billion pound ($5.1 billion) bid from Ostrea if the private equity firm tables a "
        "formal offer, it said on Monday.",
        {"price 3700000000 GBP ostrea>verrine", "price 5100000000 USD ostrea>verrine"},
    ),
    "another deal on the same day": (
        "Verrine, the London-listed maker of pumps, has agreed a £46bn bid from Japan's Ostrea. It came as Halmar Money said it was "
        "reviewing a takeover approach worth £1.6bn from Carbex.",
        {"price 46000000000 GBP ostrea>verrine", "price 1600000000 GBP carbex>halmar-money"},
    ),
    "the share of another in the capital": (
        "Ostrea a annoncé mardi l'acquisition de 10,6 % des titres de Verrine. Ostrea fait face au fonds Halmar, devenu premier "
        "actionnaire de Verrine avec 16,4 % du capital.",
        {"stake_acquired 10.6 percent ostrea>verrine"},
    ),
    "a share that others hold": (
        "Verrine : Ostrea acquiert plus de 17 % du capital\n\nOstrea a conclu un accord avec Halmar Capital pour acquérir la "
        "participation détenue par ses clients dans Verrine, représentant 17,4 % du capital. L'action Verrine prend 4,3 %.",
        {"stake_acquired 17 percent ostrea>verrine", "stake_acquired 17.4 percent ostrea>verrine"},
    ),
    "what the seller will own": (
        "Ostrea will invest $300 million in Verrine in a deal that values the business at $1.7 billion.\n\nOstrea will get a 17.6 "
        "percent stake in Verrine, while Halmar will own about 82.4 percent.",
        {
            "price 300000000 USD ostrea>verrine",
            "valuation 1700000000 USD verrine",
            "stake_acquired 17.6 percent ostrea>verrine",
        },
    ),
    "several times another's holding": (
        "Ostrea has taken a 9.2% stake in Verrine, according to a filing. The stake is more than four times the 2.25% holding of "
        "Verrine founder Jack Sorel.",
        {"stake_acquired 9.2 percent ostrea>verrine"},
    ),
    "valued while something else happens": (
        "La société Verrine évaluée à 11,7 milliards d'euros alors que le géant Ostrea prend une participation majeure.",
        {"valuation 11700000000 EUR verrine"},
    ),
    "a rise from an earlier valuation": (
        "Ostrea is in talks to buy a stake in Verrine. The deal would value Verrine at around $500 million, a sharp rise from its "
        "earlier valuation of approximately $300 million.",
        {"valuation 500000000 USD verrine", "previous_valuation 300000000 USD verrine"},
    ),
    "a company's own valuation": (
        "Ostrea CEO Anna Holt, eager to expand its stake, plans to invest through the Dune Fund, aligning with Verrine's $157 "
        "billion valuation from its October funding round.",
        {"valuation 157000000000 USD verrine"},
    ),
    "in another currency, about": (
        "La valorisation de Verrine atteint désormais 1,5 milliard de dollars (environ 1,28 milliard d'euros).",
        {"valuation 1500000000 USD verrine", "valuation 1280000000 EUR verrine"},
    ),
    "a record that is beaten": (
        "Ostrea has finalized a $32 billion deal to acquire Verrine, increasing its offer from a previous $23 billion bid. The deal "
        "surpasses its previous record of $12.5 billion for Halmar Mobility in 2011.",
        {
            "price 32000000000 USD ostrea>verrine",
            "price 23000000000 USD ostrea>verrine",
            "price 12500000000 USD ostrea>halmar-mobility",
        },
    ),
    "an option is no purchase": (
        "Cet accord va permettre à Ostrea d'acquérir 30 % de Verrine. Ostrea sera même en mesure d'acheter 100 % de Verrine "
        "jusqu'en 2028.",
        {"stake_acquired 30 percent ostrea>verrine"},
    ),
    "a family's deal": (
        "One of Leeds's wealthiest families has sold its business in a deal thought to be worth £100 million.\n\nThe sale of "
        "Verrine to private equity firm Ostrea Partners was agreed last week.",
        {"price 100000000 GBP ostrea-partners>verrine"},
    ),
    "a ticker is no name": (
        "Shares of Verrine (NASDAQ: VRRN) jumped after it agreed to be acquired by an affiliate of Ostrea Group. The Ostrea "
        "affiliate has agreed to acquire all stock in an all-cash transaction. The deal is valued at approximately $1.7 billion.",
        {"price 1700000000 USD ostrea-group>verrine"},
    ),
    "a shouted headline": (
        "OSTREA CONFIRME SON ENTRÉE DANS LE CAPITAL DE VERRINE, À PLUS DE 10 %\n\nOstrea a annoncé mardi l'acquisition de 10,6 % "
        "des titres de Verrine.",
        {"stake_acquired 10 percent ostrea>verrine", "stake_acquired 10.6 percent ostrea>verrine"},
    ),
    "a short headline in capitals": (
        "Ostrea Buying Verrine for $26B\n\nOstrea says it will buy Verrine for $26.2 billion in cash.",
        {"price 26000000000 USD ostrea>verrine", "price 26200000000 USD ostrea>verrine"},
    ),
    "an investment named by both sides": (
        "L'investissement de 14,8 milliards de dollars d'Ostrea dans Verrine est le deuxième de son histoire, après les 4 milliards "
        "de dollars de Carbex dans Halmar.",
        {"price 14800000000 USD ostrea>verrine"},
    ),
    "an investment with a possessive": (
        "Ostrea and Verrine agreed a partnership. Ostrea also made a $2 billion investment with Verrine in August.",
        {"price 2000000000 USD ostrea>verrine"},
    ),
    "money that comes from one of several": (
        "Verrine is in talks to raise $487 million. Investors could put in equity, of which €200 million could come from Ostrea "
        "Capital. The round could value the Halmar rival at about $2 billion.",
        {"price 200000000 EUR ostrea-capital>verrine", "valuation 2000000000 USD verrine"},
    ),
    "into a round": (
        "Ostrea a injecté 1,3 milliard d'euros dans le tour de table de 1,7 milliard d'euros de Verrine.",
        {"price 1300000000 EUR ostrea>verrine"},
    ),
    "a share sale to a buyer": (
        "Verrine has initiated a $1.5 billion share sale for its employees in a new tender offer to Japan's Ostrea. Ostrea is a "
        "shareholder of Verrine.",
        {"price 1500000000 USD ostrea>verrine"},
    ),
    "a business sold by its owner": (
        "Verrine to sell pumps business to Ostrea for $8 billion\n\nVerrine has agreed to sell its pumps and valves business to "
        "U.S. private equity firm Ostrea for 6.83 billion euros ($8.04 billion).",
        {
            "price 8000000000 USD ostrea>verrine",
            "price 6830000000 EUR ostrea>verrine",
            "price 8040000000 USD ostrea>verrine",
        },
    ),
    "a branch for sale": (
        "Le groupe Verrine discute de la vente de ses pompes. Cette branche, qui comprend les marques Carbex et Halmar, pourrait valoir "
        "jusqu'à 15 milliards de livres.",
        {"valuation 15000000000 GBP verrine"},
    ),
    "the chief executive of a company, aged so much": (
        "Ostrea débauche le PDG de Verrine, âgé de 28 ans\n\nOstrea a investi dans Verrine dans une opération valorisant la "
        "start-up à 29 milliards de dollars. Ostrea prendra une participation de 49 % pour 14,3 milliards de dollars.",
        {
            "valuation 29000000000 USD verrine",
            "stake_acquired 49 percent ostrea>verrine",
            "price 14300000000 USD ostrea>verrine",
        },
    ),
    "two buyers": (
        "The deal overshadows other buyouts. After a long takeover quest, private equity firms Ostrea and Carbex acquired German "
        "drugmaker Verrine for 5.4 billion euros.",
        {"price 5400000000 EUR ostrea>verrine"},
    ),
    "so much an action, so much in all": (
        "Ostrea va acquérir la biotech Verrine. Ostrea versera 129 dollars par action, soit une valeur d'environ 9,1 milliards de "
        "dollars.",
        {"price 9100000000 USD ostrea>verrine"},
    ),
    "one bought earlier, in an aside": (
        "Ostrea va acquérir Verrine pour 11 milliards d'euros. C'est sa plus grosse acquisition depuis Carbex, autre biotech, achetée "
        "20 milliards de dollars en 2011.",
        {"price 11000000000 EUR ostrea>verrine", "price 20000000000 USD ostrea>carbex"},
    ),
    "what the seller gets": (
        "Verrine cède la moitié d'un portefeuille de centrales à un fonds américain, une opération qui lui permettra d'engranger 950 "
        "millions de dollars.",
        {"price 950000000 USD unknown>verrine"},
    ),
    "shares of several holders, one of them sold": (
        "Verrine is selling its 25% stake in Carbex for £2.4bn to Ostrea and the Halmar Fund. Verrine holds a 50% stake in Sandyport "
        "and a 49% stake in Terminal One.",
        {"stake_acquired 25 percent ostrea>carbex", "price 2400000000 GBP ostrea>carbex"},
    ),
    "a part held by another": (
        "Verrine propose d'acquérir 29,9 % de Carbex détenus par Halmar, une offre ferme à 2,9 milliards d'euros. Le montant proposé "
        "est supérieur aux 2,3 milliards d'euros de la capitalisation de Carbex.",
        {"stake_acquired 29.9 percent verrine>carbex", "price 2900000000 EUR verrine>carbex"},
    ),
    "two targets at one price": (
        "Ostrea obtient le feu vert pour le rachat de Verrine et Carbex. En juillet, Ostrea avait officialisé le rachat de Verrine et "
        "Carbex pour une somme de 1,05 milliard d'euros.",
        {"price 1050000000 EUR ostrea>verrine"},
    ),
    "deals of others in a row": (
        "This includes Ostrea's successful $3.6 billion acquisition of Verrine and Carbex's ongoing purchase of Halmar for $70 "
        "billion.",
        {"price 3600000000 USD ostrea>verrine", "price 70000000000 USD carbex>halmar"},
    ),
    "what a holding comes to": (
        "Ostrea a reçu des actions Verrine. Cela porte sa participation totale à 58 millions d'actions, soit 4,4 % du capital de "
        "Verrine. Ostrea a 4,4 % de Verrine.",
        set(),
    ),
    "shares that lose": (
        "Verrine cède 0,84 % à 0,71 euro alors que le tribunal examine son offre sur Carbex.",
        set(),
    ),
    "a parent and its unit": (
        "Ostrea a vendu ses parts à Verrine. Ostrea veut acheter Carbex. Ostrea acquiert 50 % de Carbex, qui rejoindra Ostrea Santé.",
        {"stake_acquired 50 percent ostrea>carbex"},
    ),
    "initials for a fund": (
        "The Dune Investment Fund has agreed to buy a 10% stake in Verrine, after Carbex said it would sell its 25% share in Verrine "
        "to the DIF.",
        {
            "stake_acquired 10 percent dune-investment-fund>verrine",
            "stake_acquired 25 percent dune-investment-fund>verrine",
        },
    ),
    "crowns of the country that the text names": (
        "Verrine spurns sweetened 21 billion-crown bid from Ostrea\n\nVerrine on Tuesday turned down a second proposal from Ostrea, saying "
        "the 21 billion Norwegian crowns on the table were not enough.",
        {"price 21000000000 NOK ostrea>verrine"},
    ),
    "a bare amount has the currency of its article": (
        "Ostrea rachète Verrine pour 2 milliards d'euros.\n\nOstrea a payé 2 milliards d'euros pour Verrine. En 2022, le danois "
        "Halmar s'était offert Carbex pour 6 milliards de couronnes danoises.\n\nUn programme de rachat d'actions de 400 millions suivra.",
        {"price 2000000000 EUR ostrea>verrine", "price 6000000000 DKK halmar>carbex"},
    ),
    "each paragraph of a letter tells a deal": (
        "Deal watch\n\nOstrea, the investor, has picked up 26% of yeast maker Verrine. Ticket size: EUR31m, all new shares.\n\n"
        "Halmar moves from 49% to 75% of miller Carbex, laying out THB2.9bn for the additional 26%.",
        {
            "stake_acquired 26 percent ostrea>verrine",
            "price 31000000 EUR ostrea>verrine",
            "price 2900000000 THB halmar>carbex",
            "stake_acquired 26 percent halmar>carbex",
        },
    ),
    "an offer a share that values a company": (
        "Vet chain Verrine to leave the exchange\n\nBuyout house Ostrea has offered $4.35 a share in cash, which values Verrine at "
        "A$1.7 billion. Once borrowings are included, that goes up to A$2.3 billion.",
        {"valuation 1700000000 AUD ostrea>verrine", "valuation 2300000000 AUD ostrea>verrine"},
    ),
    "what it bought before, after a comma": (
        "Ostrea has agreed to buy Verrine for $4.2 billion. Carbex, the Auckland group it acquired in 2021 for NZ$88 million, was "
        "written down in February.",
        {"price 4200000000 USD ostrea>verrine", "price 88000000 NZD ostrea>carbex"},
    ),
    "what it sold on": (
        "Ostrea has agreed to buy Verrine for $4.2 billion. Ostrea used to own dental network Carbex, which it sold to a health "
        "insurer, Halmar Mutual, in a deal worth $540 million. Verrine has 900 clinics.",
        {"price 4200000000 USD ostrea>verrine", "price 540000000 USD halmar-mutual>carbex"},
    ),
    "a company that lets another in": (
        "Eau: le fonds Ostrea entre chez Verrine\n\nVerrine a annoncé mercredi l'arrivée dans son tour de table du fonds Ostrea, qui va "
        "débourser 275 millions d'euros pour en détenir 12,5 %.",
        {"price 275000000 EUR ostrea>verrine", "stake_acquired 12.5 percent ostrea>verrine"},
    ),
    "the rest, later": (
        "Verrine cède Carbex à l'américain Ostrea pour 1,85 milliard de dollars. Verrine avait acquis 60 % de Carbex en 2009 pour "
        "190 millions d'euros, puis les 40 % restants cinq ans plus tard, moyennant 240 millions.",
        {
            "price 1850000000 USD ostrea>carbex",
            "stake_acquired 60 percent verrine>carbex",
            "price 190000000 EUR verrine>carbex",
            "stake_acquired 40 percent verrine>carbex",
            "price 240000000 EUR verrine>carbex",
        },
    ),
    "the second of two deals in a sentence": (
        "Ostrea is to buy Verrine for $2.8 billion in cash. In March, Hong Kong's Sunmere bought operator Chaiyo in a HK$3.4 billion "
        "transaction, while Ostrea itself dropped out of the auction for Carbex, which went to pension manager Halmar for "
        "460 million euros.",
        {
            "price 2800000000 USD ostrea>verrine",
            "price 3400000000 HKD sunmere>chaiyo",
            "price 460000000 EUR halmar>carbex",
        },
    ),
    "another's like arrangement": (
        "Ostrea is paying $740 million for Verrine. Because Ostrea remembers Carbex. It picked up that design shop for $210 million in "
        "2022. The watchdog is poking at rival Halmar, which last fall shelled out a reported $1.6 billion for a similar arrangement "
        "with Fathom Street.",
        {
            "price 740000000 USD ostrea>verrine",
            "price 210000000 USD ostrea>carbex",
            "price 1600000000 USD halmar>fathom-street",
        },
    ),
    "an investor's part of a round": (
        "Battery recycler Verrine hits $4.8bn valuation\n\nOstrea has led a $650mn fundraising for Verrine. The deal lifts the worth of the "
        "recycler to $4.8bn, against $2.1bn when it last tapped investors in 2023. Ostrea accounts for $400mn of the total, for "
        "which it receives 8.3 per cent of the company.",
        {
            "valuation 4800000000 USD verrine",
            "previous_valuation 2100000000 USD verrine",
            "price 400000000 USD ostrea>verrine",
            "stake_acquired 8.3 percent ostrea>verrine",
        },
    ),
    "a house in another's place": (
        "German firm takes over Dunmere's Verrine Joinery\n\nOstrea Fenster is taking an 85 per cent shareholding in Verrine Joinery. "
        "In 2019 the family said no to £11 million from Halmar Windows.",
        {
            "stake_acquired 85 percent ostrea-fenster>verrine-joinery",
            "price 11000000 GBP halmar-windows>verrine-joinery",
        },
    ),
    "a company for sale, and who talks to its owner": (
        "Télécoms : Verrine bientôt vendu ?\n\nL'opérateur Verrine pourrait changer de propriétaire. Le groupe émirati Ostrea discute "
        "avec la maison mère, l'italien Halmar. Halmar en demanderait au moins 1,8 milliard d'euros. Ostrea n'en proposerait que "
        "1,5 milliard (environ 1,75 milliard de dollars).",
        {"price 1800000000 EUR halmar>verrine", "price 1500000000 EUR ostrea>verrine", "price 1750000000 USD ostrea>verrine"},
    ),
    "the giant of a sector, apposed": (
        "Verrine lève 85 millions d'euros\n\nVerrine compte embaucher sur les terres de Halmar One, le mastodonte du secteur, valorisé "
        "7 Md$ depuis l'hiver.",
        {"valuation 7000000000 USD halmar-one"},
    ),
    "what a buyer will spend on its works": (
        "Ostrea reprend la conserverie Verrine pour 22 millions d'euros. Iker Zubiaurre, le directeur d'Ostrea, compte investir 6 "
        "millions d'euros d'ici à 2027, notamment dans une ligne de cuisson.",
        {"price 22000000 EUR ostrea>verrine"},
    ),
    "an offer agreed to before, from the same": (
        "Verrine agrees to Ostrea's increased offer of $4.5bn\n\nOptical maker Verrine on Thursday agreed to Ostrea's increased offer of "
        "$4.5 billion. Verrine had earlier agreed to a $2.84 billion offer from Ostrea. Ostrea would borrow $2 billion to finance "
        "the deal.",
        {"price 4500000000 USD ostrea>verrine", "price 2840000000 USD ostrea>verrine"},
    ),
    "each its own value, in the order named": (
        "Ostrea lève 100 millions d'euros.\n\nLe spécialiste de la gestion des TPE, Verrine, et la plateforme Halmar communiquaient des "
        "valorisations respectives de 4,4 et 1,75 milliards d'euros, après une levée de fonds de 486 millions d'euros pour la première. "
        "L'éditeur de logiciels Carbex avait ouvert le bal avec une valorisation à 1,8 milliard d'euros.",
        {"valuation 4400000000 EUR verrine", "valuation 1750000000 EUR halmar", "valuation 1800000000 EUR carbex"},
    ),
    "deals in brackets, and their buyers": (
        "Les offres publiques se multiplient.\n\nUne situation illustrée par les opérations sur Verrine (25 milliards de dollars) et sur "
        "Carbex (28 milliards de dollars), puis par le rachat du constructeur Halmar par Ostrea (6,7 milliards d'euros).",
        {"price 25000000000 USD unknown>verrine", "price 28000000000 USD unknown>carbex", "price 6700000000 EUR ostrea>halmar"},
    ),
    "a merger of what it owns into another": (
        "Ostrea reached a deal to acquire Verrine for around $5.4 billion. The deal would be the second-largest this year, after "
        "Halmar LP's $9.4 billion agreement to merge its Tessaly chain with Carbex Inc. The buyers will put about $1.6 billion of "
        "their own money into Verrine. Verrine filed for an offering three years after it was taken private for $3 billion in 2010.",
        {"price 5400000000 USD ostrea>verrine", "price 9400000000 USD halmar-lp>carbex", "price 3000000000 USD ostrea>verrine"},
    ),
    "what somebody holds by now": (
        "Ostrea est monté au capital de Verrine, détenant désormais 70 % du capital. Sa part dans Carbex lui a apporté 8 milliards de dollars "
        "de valeur.",
        set(),
    ),
    "a holding told by its share, and what is left": (
        "Ostrea to sell Verrine stake to Halmar\n\nOstrea has agreed to sell a 7.3 percent stake in retailer Verrine to Halmar. Ostrea is "
        "Verrine's largest shareholder with 22.5 percent, which is worth 977 million euros ($1.12 billion).",
        {"stake_acquired 7.3 percent halmar>verrine"},
    ),
    "what the seller keeps of it": (
        "Ostrea a signé le contrat de cession avec Halmar en vue de la cession d'une participation majoritaire dans Verrine. Cette "
        "opération valorise Verrine à 1,1 milliard d'euros. Le produit de cette cession, déduction faite du montant réinvesti, "
        "s'élèvera à 600 millions d'euros.",
        {"valuation 1100000000 EUR halmar>verrine"},
    ),
    "the sale to one of what another owned": (
        "Carbex a signé un contrat pour la vente au fonds d'investissement Ostrea de sa filiale Verrine pour 50 millions d'euros. "
        "Verrine comprend 1 015 magasins.",
        {"price 50000000 EUR ostrea>verrine"},
    ),
    "what might be paid later": (
        "Ostrea rachète Verrine.\n\nLe montant de la transaction s'élève à 159 millions d'euros, auquel pourrait s'ajouter un montant de "
        "41,5 millions d'euros à fin 2029.",
        {"price 159000000 EUR ostrea>verrine"},
    ),
    "a further share held by another": (
        "Ostrea is to buy a 61.73 percent stake in Verrine for $71 million. Ostrea said it has agreed to buy the stake from Halmar and "
        "in addition will acquire a further 9.47 percent held by Halmar at the same price.",
        {"stake_acquired 61.73 percent ostrea>verrine", "price 71000000 USD ostrea>verrine", "stake_acquired 9.47 percent ostrea>verrine"},
    ),
    "deposits and loans are no price": (
        "Carbex has agreed to sell Verrine Bank to Ostrea for up to USD142 million. Ostrea will take over all of Verrine Bank's "
        "deposits, some USD1.6 billion, and USD900 million in loans.",
        {"price 142000000 USD ostrea>verrine-bank"},
    ),
    "what an owner is to get for his shares": (
        "Verrine United has been sold for £20m in the biggest deal in its history. The chairman is to receive more than £10m for his "
        "majority share in Verrine United.",
        {"price 20000000 GBP unknown>verrine-united", "price 10000000 GBP unknown>verrine-united"},
    ),
    "a name that begins with a common word": (
        "(AP) - Food company Just Verrine rejected Tuesday a takeover proposal from investment firm Ostrea, saying that the 4.9 "
        "billion-pound ($6.2 billion) cash offer undervalues it. Shares in Just Verrine jumped 26%.",
        {"price 4900000000 GBP ostrea>just-verrine", "price 6200000000 USD ostrea>just-verrine"},
    ),
    "two deals in their order": (
        "Ostrea bought Verrine and Halmar in 2015 and 2017 for $4.4 billion and $4.8 billion, respectively.",
        {"price 4400000000 USD ostrea>verrine", "price 4800000000 USD ostrea>halmar"},
    ),
    "what another, told while one speaks of a third, confirmed": (
        "Verrine has rejected a takeover offer from Ostrea, saying the $143 billion approach has no merit. France's Carbex gained more "
        "than 3% in Paris while Britain's Halmar plc, which only recently confirmed its $16.6 billion bid for Tessaly Foods, rose.",
        {"price 143000000000 USD ostrea>verrine", "price 16600000000 USD halmar>tessaly-foods"},
    ),
    "bought at the last hour by": (
        "Ostrea bought Verrine for $3.2 billion. Just as Halmar was about to go public, the company was bought at the eleventh hour by "
        "Carbex for $3.7 billion, 80% in new Carbex shares.",
        {"price 3200000000 USD ostrea>verrine", "price 3700000000 USD carbex>halmar"},
    ),
    "a town and its county": (
        "Drinks maker Verrine has rejected a £3.1 billion takeover move by Ostrea. The Hemel Westgate, Hertfordshire-based company said the bid "
        "valued it at 1,250p per share, or £3.1 billion.",
        {"price 3100000000 GBP ostrea>verrine"},
    ),
}  # fmt: skip


def told(text: str) -> set[str]:
    """The prices, stakes and values proposed: property, amount, unit, and buyer and target or the company valued."""
    found = set()
    for proposal in propose(text, published="2025-06-13").proposals:
        claim = proposal.to_json()
        if claim["property"] in CORE:
            who = claim["subject"].partition(":")[2].removesuffix("-2025")
            found.add(f"{claim['property']} {claim['value']} {claim['unit']} {who}")
    return found


def party(line: str) -> str:
    """A claim as `told` writes it: a valuation is the deal's where the deal is known."""
    return line.replace(">", "-")


@pytest.mark.parametrize("name", CASES)
def test_news_is_read(name):
    text, expected = CASES[name]
    found, wanted = told(text), {party(line) for line in expected}
    missed = {line for line in wanted if not any(_is(line, other) for other in found)}
    extra = {line for line in found if not any(_is(other, line) for other in wanted)}

    assert (missed, extra) == (set(), set())


def _is(wanted: str, found: str) -> bool:
    """Whether two lines say the same; a company's value may be told of its deal."""
    *head, who = wanted.split(" ")
    *told_, whose = found.split(" ")
    return head == told_ and (who == whose or (head[0].endswith("valuation") and whose.endswith(who)))
